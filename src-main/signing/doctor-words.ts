/** What the doctor says: for each diagnosis, what to do. */
import { SIGNING_LABELS } from '#contract'
import { MAX_REWRITTEN_BYTES } from './body-variants.ts'
import { keyHandling } from './key.ts'
import { headerNames, type SchemeSpec } from './scheme.ts'
import { type HeaderPair, headerText } from './sign.ts'

export const adviceFor = {
  valid:
    'If a receiver refuses it all the same: check that it verifies the bytes as they arrive, before a framework parses them, and that it has this very secret.',
  stale_timestamp:
    'Receivers refuse what is more than five minutes off. Send it again, or compare the clocks of both machines.',
  body_reserialised:
    'Something parsed the body and wrote it anew, before or after it was signed. Sign and verify the very bytes that are sent; in a receiver, take the raw body.',
  body_trailing_newline:
    'A line break at the end was added or removed. Editors, echo and heredocs add one; trimming removes it. Sign and send the same bytes.',
  body_line_ends:
    'Line breaks were converted between LF and CRLF. Read and write the body as bytes, not as lines of text, and paste it unchanged.',
  body_form_or_json:
    'The signature and the body are in different encodings. The sender has to sign the encoded body that it sends; the receiver has to verify that one, before decoding the form.',
  key_encoding: (spec: SchemeSpec) =>
    `${SIGNING_LABELS[spec.scheme]} wants another key. ${keyHandling(spec.keyForm)}`,
  other_secret: 'Give the receiver this secret, or sign with the one that the receiver has.',
} as const

export const MALFORMED_ADVICE =
  'Copy the header again, whole. A receiver compares the text, letter by letter.'

export function missingAdvice(spec: SchemeSpec, headers: readonly HeaderPair[]): string {
  const wanted = headerNames(spec).join(', ')
  const seen =
    headers.length === 0
      ? 'No header was found at all: paste the request with its headers, an empty line, then the body.'
      : 'Paste the request with all its headers, or choose the scheme that it is signed with.'
  return `${SIGNING_LABELS[spec.scheme]} signs with ${wanted}. ${seen}`
}

export const UNKNOWN_TITLE = 'Nothing that commonly goes wrong makes this signature match.'

export function unknownAdvice(found: {
  readonly faults: readonly string[]
  readonly age: string | null
  readonly headers: readonly HeaderPair[]
  readonly bodyBytes: number
}): string {
  const length = headerText(found.headers, 'content-length')
  return [
    ...found.faults,
    ...(length !== null && Number(length) !== found.bodyBytes
      ? [
          `Content-Length says ${length} bytes, but the body has ${found.bodyBytes}: it is not the one that was sent.`,
        ]
      : []),
    'Either the secret is another one, or the body is not the one that was signed. Copy both again from where they come from.',
    ...(found.bodyBytes > MAX_REWRITTEN_BYTES
      ? ['A body of more than 1 MB is not tried in other spellings of its JSON or form.']
      : []),
    ...(found.age === null ? [] : [`Its timestamp is ${found.age}, too.`]),
  ].join(' ')
}

const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
const DAY_S = 24 * HOUR_S

/** `6 minutes`, `3 hours`, `2 days` */
export function quantityOfTime(seconds: number): string {
  const [unit, name] =
    seconds < HOUR_S ? [MINUTE_S, 'minute'] : seconds < DAY_S ? [HOUR_S, 'hour'] : [DAY_S, 'day']
  const count = Math.floor(seconds / unit)
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
