/** What bodies commonly turn into between signing and verifying, each with the words for it. */
import type { Diagnosis } from '#contract'
import { encodeBody } from '../encode/body.ts'
import { searchParams } from '../encode/form-fields.ts'
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
    ...lineEnds(body),
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
  return searchParams(text).toString()
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

function lineEnds(body: Uint8Array): BodyVariant[] {
  const lf = () => withLineEnds(body, false)
  const crlf = () => withLineEnds(body, true)
  const bare = (made: Uint8Array) => withoutLineEnd(made) ?? made
  const changed = (what: string, make: () => Uint8Array) =>
    variant('body_line_ends', what, () => {
      const made = make()
      return Buffer.compare(made, body) === 0 ? null : made
    })
  return [
    changed('with CRLF for its line breaks', crlf),
    changed('with LF for its line breaks', lf),
    changed('with CRLF for its line breaks, and none at its end', () => bare(crlf())),
    changed('with LF for its line breaks, and none at its end', () => bare(lf())),
    changed('with CRLF for its line breaks, and one at its end', () =>
      Buffer.concat([bare(crlf()), Buffer.from('\r\n')]),
    ),
  ]
}

/** Over bytes: as text, millions of line breaks take seconds. */
function withLineEnds(body: Uint8Array, areCrlf: boolean): Uint8Array {
  const made = Buffer.allocUnsafe(areCrlf ? body.length * 2 : body.length)
  let length = 0
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0
    if (byte === 0x0d && body[at + 1] === 0x0a) continue
    if (byte === 0x0a && areCrlf) made[length++] = 0x0d
    made[length++] = byte
  }
  return made.subarray(0, length)
}

/** Some senders sign the JSON and then send a form. */
function jsonOfForm(text: string): BodyVariant[] {
  const fields = [...searchParams(text)]
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
