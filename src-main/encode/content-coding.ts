/**
 * Undoes the content coding of a recorded body (RFC 9110, 8.4), with a bound on what it may grow to.
 * A body that was cut short is decoded as far as it goes; nothing here throws.
 */
import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib'

export interface Decoded {
  /** The body itself when it is not coded; null when it cannot be decoded. */
  readonly bytes: Uint8Array | null
  /** Why it cannot, in words. */
  readonly note: string | null
  /** `unknown`: it names a coding that nobody undoes here, and none that is. */
  readonly fault: 'unknown' | 'failed' | null
}

const MAX_DECODED_BYTES = 10 * 1024 * 1024
/** Codings that were applied one after the other; more are made up to cost time. */
const MAX_CODINGS = 4

type Decoder = (body: Uint8Array, maxOutputLength: number) => Uint8Array

const gunzip: Decoder = (body, maxOutputLength) =>
  gunzipSync(body, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH })

const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflateEither],
  [
    'br',
    (body, maxOutputLength) =>
      brotliDecompressSync(body, {
        maxOutputLength,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      }),
  ],
  [
    'zstd',
    (body, maxOutputLength) =>
      zstdDecompressSync(body, { maxOutputLength, finishFlush: constants.ZSTD_e_flush }),
  ],
])

/**
 * @param headers of the message; several Content-Encoding lines count as one list
 * @param maxBytes what decompressing may come to; the note speaks of the default
 */
export function decodeContent(
  body: Uint8Array,
  headers: readonly (readonly [name: string, value: string])[],
  maxBytes = MAX_DECODED_BYTES,
): Decoded {
  const codings = headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (body.length === 0) return { bytes: body, note: null, fault: null }
  if (codings.length > MAX_CODINGS) {
    const note = 'The header names too many content codings to undo.'
    return { bytes: null, note, fault: 'failed' }
  }
  let bytes = body
  for (const coding of codings.toReversed()) {
    const decoded = decodeOne(bytes, coding, maxBytes)
    if (decoded.bytes === null) {
      const isUnknown = codings.every((each) => !DECODERS.has(each))
      return { ...decoded, fault: isUnknown ? 'unknown' : 'failed' }
    }
    bytes = decoded.bytes
  }
  return { bytes, note: null, fault: null }
}

function decodeOne(body: Uint8Array, coding: string, maxBytes: number): Omit<Decoded, 'fault'> {
  const decode = DECODERS.get(coding)
  if (!decode) {
    return { bytes: null, note: `Hookstage does not know the content coding “${coding}”.` }
  }
  try {
    return { bytes: decode(body, maxBytes), note: null }
  } catch (error) {
    const note =
      error instanceof RangeError
        ? 'Decompressed, this body is larger than 10 MB, so only its bytes are shown.'
        : `The header says ${coding}, but the body cannot be decompressed as that.`
    return { bytes: null, note }
  }
}

/** `deflate` means the zlib format, yet some servers send the bare stream. */
function inflateEither(body: Uint8Array, maxOutputLength: number): Uint8Array {
  const options = { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH }
  try {
    return inflateSync(body, options)
  } catch (error) {
    if (error instanceof RangeError) throw error
    return inflateRawSync(body, options)
  }
}
