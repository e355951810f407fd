/**
 * Texts that know where in a body each of their characters stands, so that what is found in a field of
 * a form or in JSON within JSON is hidden where it is, whichever way it is written there.
 */

export interface TracedText {
  /** Of bytes a character each; what an escape of JSON stands for, as it is. */
  readonly text: string
  /** Where the character at an index begins in the body; at the text's length, where the text ends. */
  at(index: number): number
}

/** @param text Latin-1 of bytes @param offset of its first one */
export function traced(text: string, offset = 0): TracedText {
  return { text, at: (index) => offset + index }
}

export function part({ text, at }: TracedText, start: number, end = text.length): TracedText {
  return { text: text.slice(start, end), at: (index) => at(start + index) }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** What a JSON string holds. @param source its raw text between the quotes */
export function jsonDecoded(source: TracedText): TracedText {
  return decoded(source, '\\', (text, at) => {
    const mark = text[at + 1] ?? ''
    const code = mark === 'u' ? Number.parseInt(text.slice(at + 2, at + 6), 16) : Number.NaN
    if (!Number.isNaN(code)) return { character: String.fromCharCode(code), used: 6 }
    return { character: ESCAPES[mark] ?? mark, used: 2 }
  })
}

/** A name or a value of a form (WHATWG URL, 5.1); what is no escape stays. */
export function formDecoded(source: TracedText): TracedText {
  return decoded(source, '%+', (text, at) => {
    if (text[at] === '+') return { character: ' ', used: 1 }
    const hex = text.slice(at + 1, at + 3)
    return /^[\da-f]{2}$/i.test(hex)
      ? { character: String.fromCharCode(Number.parseInt(hex, 16)), used: 3 }
      : { character: '%', used: 1 }
  })
}

function decoded(
  source: TracedText,
  marks: string,
  read: (text: string, at: number) => { readonly character: string; readonly used: number },
): TracedText {
  const { text } = source
  if (![...marks].some((mark) => text.includes(mark))) return source
  const places = new Uint32Array(text.length + 1)
  let plain = ''
  for (let index = 0; index < text.length; ) {
    const character = text[index] ?? ''
    const step = marks.includes(character) ? read(text, index) : { character, used: 1 }
    places[plain.length] = index
    plain += step.character
    index += step.used
  }
  places[plain.length] = text.length
  return { text: plain, at: (index) => source.at(places[index] ?? text.length) }
}

/** Of characters that are bytes, what they are as UTF-8. */
export function asUtf8(text: string): string {
  return /[\x80-\xff]/.test(text) && !/[^\0-\xff]/.test(text)
    ? Buffer.from(text, 'latin1').toString('utf8')
    : text
}
