/**
 * Which headers may be sent. Names are tokens (RFC 9110, 5.6.2); values are visible ASCII, space,
 * tab and bytes from 0x80; CR, LF and NUL would let a value begin a header of its own and are refused.
 */

/** Headers that Hookstage sets itself, lower case, each with the reason. */
const MANAGED: ReadonlyMap<string, string> = new Map([
  ['host', 'it follows from the endpoint'],
  ['content-length', 'it is counted from the body'],
  ['content-type', 'it follows the Content type field'],
  ['transfer-encoding', 'the body is always sent whole, with its length'],
  ['connection', 'the connection is Hookstage’s to manage'],
  ['keep-alive', 'the connection is Hookstage’s to manage'],
  ['upgrade', 'a webhook is one request and its answer'],
  ['expect', 'the body is sent at once, without asking first'],
  ['te', 'the connection is Hookstage’s to manage'],
  ['trailer', 'nothing is sent after the body'],
])

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

export interface HeaderFault {
  readonly part: 'name' | 'value'
  readonly message: string
  /** Remove it where there is nothing to mend; trim it where only its ends are wrong. */
  readonly fix?: 'remove_header' | 'trim'
}

/** What is wrong with a header as it was typed; null when it can be sent. */
export function headerFault(name: string, value: string): HeaderFault | null {
  return nameFault(name.trim()) ?? valueFault(value)
}

/** A value as it is sent: without space around it. A pattern would take quadratic time. */
export function sentValue(value: string): string {
  let [start, end] = [0, value.length]
  while (isBlank(value[start])) start += 1
  while (end > start && isBlank(value[end - 1])) end -= 1
  return value.slice(start, end)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

function nameFault(name: string): HeaderFault | null {
  const fault = (message: string): HeaderFault => ({ part: 'name', message })
  const needless = (message: string): HeaderFault => ({ ...fault(message), fix: 'remove_header' })
  if (name === '') return needless('Give the header a name, or remove the row.')
  const managed = MANAGED.get(name.toLowerCase())
  if (managed) return needless(`Hookstage sets ${name} itself: ${managed}.`)
  if (/[\r\n\0]/.test(name)) return fault('A line break cannot stand in a header name.')
  if (name.endsWith(':'))
    return fault('Leave the colon out: the name goes here, the value beside it.')
  if (!NAME.test(name)) {
    return fault("A header name has letters, digits and - _ . ! # $ % & ' * + ^ ` | ~ only.")
  }
  return null
}

function valueFault(value: string): HeaderFault | null {
  const fault = (message: string): HeaderFault => ({ part: 'value', message })
  if (/[\r\n]/.test(value.trim())) {
    return fault('A line break in a value would begin another header. Put it on one line.')
  }
  if (/[\r\n]/.test(value)) {
    return { ...fault('The value begins or ends with a line break.'), fix: 'trim' }
  }
  if (value.includes('\0')) return fault('A NUL character cannot be sent in a header.')
  if (!VALUE.test(value)) {
    const odd = [...value].find((character) => !VALUE.test(character)) ?? ''
    return fault(`${named(odd)} cannot be sent in a header. Encode it, for example as %XX.`)
  }
  return null
}

/** `“☃”`, or `The character U+007F` for what cannot be seen. */
function named(character: string): string {
  if (!/[\p{C}\p{Z}]/u.test(character)) return `“${character}”`
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `The character U+${code}`
}
