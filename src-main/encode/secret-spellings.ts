/**
 * The ways in which one secret may stand in a message: as it is, as a URL carries it, in a form, in
 * JSON by whichever writer, in JSON inside a form; and all of these again for what a secret that was
 * taken out of a URL means once it is decoded.
 */
import { encodeUnsendable } from './endpoint.ts'

/** Decoded forms shorter than this are no secrets any more; hiding them would hide innocent text. */
const MIN_DECODED_LENGTH = 4

/** Longest first, none empty, each once. A secret of letters and digits has one. */
export function spellingsOf(secret: string): string[] {
  const all = [secret, ...decodedForms(secret)].flatMap(encodedForms)
  return [...new Set(all)].filter((text) => text !== '').sort((a, b) => b.length - a.length)
}

function decodedForms(secret: string): string[] {
  if (!/[%+]/.test(secret)) return []
  try {
    return [decodeURIComponent(secret), decodeURIComponent(secret.replaceAll('+', ' '))].filter(
      ({ length }) => length >= MIN_DECODED_LENGTH,
    )
  } catch {
    return []
  }
}

function encodedForms(text: string): string[] {
  if (/^[A-Za-z0-9]*$/.test(text)) return [text]
  const json = jsonForms(text)
  const encoded = [text, ...json].flatMap((plain) => [
    encodeURIComponent(plain.toWellFormed()),
    formEncoded(plain),
  ])
  return [
    text,
    encodeUnsendable(text),
    ...json,
    ...encoded,
    ...encoded.map(withLowerCaseHex),
    // UTF-8 that was read as Latin-1, as header values are.
    Buffer.from(text, 'utf8').toString('latin1'),
  ]
}

/** JSON as we write it, with `/` escaped as PHP does, and in ASCII only as PHP and Python do. */
function jsonForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1)
  const forms = [json, json.replaceAll('/', '\\/')]
  return [...forms, ...forms.map(asciiOnly)]
}

function asciiOnly(json: string): string {
  return json.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function formEncoded(text: string): string {
  return new URLSearchParams({ s: text }).toString().slice(2)
}

function withLowerCaseHex(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (percent) => percent.toLowerCase())
}
