/**
 * Fields of a form or a query as the WHATWG reads them (url.spec.whatwg.org, urlencoded parsing), of
 * any text: Node's reader takes time squared over fields without `=`, minutes for a few megabytes.
 */

/** Decoded, in order. A `?` at the beginning belongs to the first name. */
export function searchParams(text: string): URLSearchParams {
  // A field without `=` reads as one with an empty value. The leading & keeps a ? where it is.
  const fields = text
    .split('&')
    .map((field) => (field === '' || field.includes('=') ? field : `${field}=`))
  return new URLSearchParams(`&${fields.join('&')}`)
}

/** Whether there are more of them; takes nothing apart. */
export function hasMoreFields(text: string, most: number): boolean {
  let count = 0
  for (let from = 0; from < text.length && count <= most; ) {
    const to = endOfField(text, from)
    if (to > from) count += 1
    from = to + 1
  }
  return count > most
}

/** The value of the first field of a name in ASCII; null when there is none. Decodes no other. */
export function fieldValue(text: string, name: string): string | null {
  for (let from = 0; from < text.length; ) {
    const to = endOfField(text, from)
    // Not `indexOf` of all the text, which would look through all of it for each field.
    const field = text.slice(from, to)
    const sign = field.indexOf('=')
    const written = sign === -1 ? field : field.slice(0, sign)
    if (isSpelt(written, name)) return searchParams(field).get(name)
    from = to + 1
  }
  return null
}

function isSpelt(written: string, name: string): boolean {
  if (written === name) return true
  // Each character takes one or three.
  if (written.length <= name.length || written.length > 3 * name.length) return false
  try {
    return decodeURIComponent(written) === name
  } catch {
    return false
  }
}

function endOfField(text: string, from: number): number {
  const at = text.indexOf('&', from)
  return at === -1 ? text.length : at
}
