/**
 * Recorded bytes made readable: as text in which every byte that is not UTF-8 stays visible as an
 * escape, and as the rows of a hex dump. Both work on slices, so that 25 MB stay quick.
 */

/** Bytes of one hex row. */
const HEX_ROW_BYTES = 16

/** The bytes of a base64 text; the contract sends bodies that way. */
export function bytesOfBase64(base64: string): Uint8Array {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i)
  return bytes
}

export interface ReadableText {
  readonly text: string
  /** How many bytes had to be shown as an escape such as `\xff`. */
  readonly escapedBytes: number
}

/**
 * Decodes UTF-8; a byte that belongs to no character, and control characters other than tab and
 * line ends, become `\xNN`. A character cut off at the very end counts as bytes of no character.
 */
export function readableText(bytes: Uint8Array): ReadableText {
  const strict = decodeStrictly(bytes)
  if (strict !== null && !CONTROL.test(strict)) return { text: strict, escapedBytes: 0 }
  const parts: string[] = []
  let escapedBytes = 0
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    if (length === 0 || isControl(bytes[at] ?? 0)) {
      parts.push(`\\x${hexOf(bytes[at] ?? 0)}`)
      escapedBytes += 1
      at += 1
    } else {
      const from = at
      at += length
      while (at < bytes.length && plainAscii(bytes[at] ?? 0)) at += 1
      parts.push(LENIENT.decode(bytes.subarray(from, at)))
    }
  }
  return { text: parts.join(''), escapedBytes }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/ // oxlint-disable-line no-control-regex
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true })

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return STRICT.decode(bytes)
  } catch {
    return null
  }
}

function isControl(byte: number): boolean {
  return (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f
}

function plainAscii(byte: number): boolean {
  return byte < 0x80 && !isControl(byte)
}

/** How many bytes the character at `at` has; 0 when there is no valid one. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0
  if (length === 0 || at + length > bytes.length) return 0
  return decodeStrictly(bytes.subarray(at, at + length)) === null ? 0 : length
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

export interface HexRow {
  /** Eight hex digits. */
  readonly offset: string
  /** Two groups of eight bytes. */
  readonly hex: string
  readonly ascii: string
}

/** How many rows a dump of so many bytes has. */
export function hexRowCount(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / HEX_ROW_BYTES)
}

/** One row of the dump; what is no printable ASCII is a dot. */
export function hexRow(bytes: Uint8Array, index: number): HexRow {
  const start = index * HEX_ROW_BYTES
  const slice = bytes.subarray(start, start + HEX_ROW_BYTES)
  const cells = Array.from(slice, hexOf)
  const left = cells.slice(0, 8).join(' ').padEnd(23)
  const right = cells.slice(8).join(' ').padEnd(23)
  const ascii = Array.from(slice, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
  ).join('')
  return { offset: start.toString(16).padStart(8, '0'), hex: `${left}  ${right}`, ascii }
}
