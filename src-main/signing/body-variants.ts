/** What bodies commonly turn into between signing and verifying, each with the words for it. */
import type { Diagnosis } from '#contract'
import { encodeBody } from '../encode/body.ts'
import { jsonRewrites } from './json-rewrites.ts'

export interface BodyVariant {
  readonly code: Extract<Diagnosis['code'], `body_${string}`>
  /** Completes “The signature is over the body …”. */
  readonly what: string
  /** Null when there is no such variant of the body. */
  bytes(): Uint8Array | null
}

/** The smallest changes first: what a line break explains is not called written anew. */
export function bodyVariants(body: Uint8Array): BodyVariant[] {
  const text = decoded(body)
  if (text === null) return byteVariants(body)
  const bare = text.startsWith(BOM) ? text.slice(1) : text
  return [
    ...byteVariants(body),
    ...lineEnds(text),
    text.startsWith(BOM)
      ? variant('body_reserialised', 'without the byte order mark', () => bare)
      : variant('body_reserialised', 'with a byte order mark', () => BOM + text),
    ...(body.length <= MAX_REWRITTEN_BYTES ? rewritten(bare) : []),
  ]
}

/** Beyond this, writing a body anew would hold up deliveries for too long. */
export const MAX_REWRITTEN_BYTES = 1024 * 1024

function rewritten(text: string): BodyVariant[] {
  const rewrites = jsonRewrites(text).map(({ name, write }) =>
    variant('body_reserialised', `written anew ${name}`, write),
  )
  return rewrites.length > 0
    ? [...rewrites, ...formsOfJson(text)]
    : [...formRewrites(text), ...jsonOfForm(text)]
}

const BOM = '\ufeff'

function decoded(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return null
  }
}

function variant(
  code: BodyVariant['code'],
  what: string,
  make: () => string | Uint8Array | null,
): BodyVariant {
  return {
    code,
    what,
    bytes: () => {
      const made = make()
      return typeof made === 'string' ? Buffer.from(made, 'utf8') : made
    },
  }
}

function formRewrites(text: string): BodyVariant[] {
  return [
    variant('body_reserialised', 'with its fields encoded anew', () => reencoded(text)),
    variant('body_reserialised', 'with its fields encoded anew and %20 for spaces', () =>
      reencoded(text).replaceAll('+', '%20'),
    ),
  ]
}

function reencoded(text: string): string {
  return new URLSearchParams(`&${text}`).toString()
}

function byteVariants(body: Uint8Array): BodyVariant[] {
  const newline = (what: string, make: () => Uint8Array | null) =>
    variant('body_trailing_newline', what, make)
  const with_ = (end: string) => Buffer.concat([body, Buffer.from(end)])
  return [
    newline('without the line break at its end', () => withoutLineEnd(body)),
    newline('with a line break at its end', () => with_('\n')),
    newline('with a line break (CRLF) at its end', () => with_('\r\n')),
  ]
}

function withoutLineEnd(body: Uint8Array): Uint8Array | null {
  let end = body.length
  while (end > 0 && (body[end - 1] === 0x0a || body[end - 1] === 0x0d)) end -= 1
  return end === body.length ? null : body.subarray(0, end)
}

function lineEnds(text: string): BodyVariant[] {
  const lf = () => text.replaceAll('\r\n', '\n')
  const crlf = () => lf().replaceAll('\n', '\r\n')
  const changed = (what: string, make: () => string) =>
    variant('body_line_ends', what, () => {
      const made = make()
      return made === text ? null : made
    })
  return [
    changed('with CRLF for its line breaks', crlf),
    changed('with LF for its line breaks', lf),
    changed('with CRLF for its line breaks, and none at its end', () => withoutEnd(crlf())),
    changed('with LF for its line breaks, and none at its end', () => withoutEnd(lf())),
    changed('with CRLF for its line breaks, and one at its end', () => `${withoutEnd(crlf())}\r\n`),
  ]
}

/** A loop, because a pattern that is tied to the end takes time squared over many line breaks. */
function withoutEnd(text: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1
  return text.slice(0, end)
}

/** Some senders sign the JSON and then send a form. */
function jsonOfForm(text: string): BodyVariant[] {
  const fields = [...new URLSearchParams(`&${text}`)]
  const inForm = (what: string, make: () => string | null) =>
    variant('body_form_or_json', what, make)
  const values = fields.filter(([, value]) => /^\s*[[{]/.test(value)).slice(0, 20)
  return [
    ...values.map(([name, value]) => inForm(`as the JSON in its field ${name}`, () => value)),
    inForm('as the JSON of its fields', () => JSON.stringify(Object.fromEntries(fields))),
    inForm('as the JSON of its fields, those that hold JSON read as such', () =>
      JSON.stringify(Object.fromEntries(fields.map(([name, value]) => [name, parsed(value)]))),
    ),
    inForm('decoded', () => decodedForm(text)),
  ]
}

function parsed(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function decodedForm(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}

const FORMS = [
  ['payload', 'as a form with the JSON in the field payload'],
  ['flat', 'as a form with a field per member'],
  ['brackets', 'as a form with a field per leaf, a[b][]='],
  ['indices', 'as a form with a field per leaf, a[b][0]='],
] as const

function formsOfJson(text: string): BodyVariant[] {
  return FORMS.map(([formEncoding, what]) =>
    variant('body_form_or_json', what, () => {
      try {
        return encodeBody(text, {
          contentType: 'application/x-www-form-urlencoded',
          formEncoding,
          formField: 'payload',
          jsonStyle: 'compact',
        }).bytes
      } catch {
        return null
      }
    }),
  )
}
