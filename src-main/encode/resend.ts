/**
 * Which headers of a recorded request go out again: all, in order, case and number kept, but for
 * those that belong to the connection it came over (RFC 9110, 7.6.1), frame its body (RFC 9112, 6)
 * or were not kept.
 */

export interface LeftOut {
  readonly name: string
  /** Why it is not sent as it was, in words. */
  readonly why: string
}

export interface Resendable {
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly leftOut: readonly LeftOut[]
}

const OF_THE_CONNECTION: ReadonlyMap<string, string> = new Map([
  ['host', 'it names the new endpoint'],
  ['content-length', 'it is counted from the body'],
  ['transfer-encoding', 'the body is sent whole, with its length'],
  ['connection', 'it was for the connection that the request came over'],
  ['keep-alive', 'it was for the connection that the request came over'],
  ['proxy-connection', 'it was for the connection that the request came over'],
  ['proxy-authorization', 'it was for the proxy on the way'],
  ['upgrade', 'it asked the connection to become another one'],
  ['expect', 'the body is sent at once, without asking first'],
  ['te', 'it was for the connection that the request came over'],
  ['trailer', 'nothing is sent after the body'],
])
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** @param headers as they were read, in latin1; a folded value has line breaks in it */
export function resendable(headers: Resendable['headers']): Resendable {
  const named = namedByConnection(headers)
  const kept: (readonly [string, string])[] = []
  const leftOut: LeftOut[] = []
  for (const header of headers) {
    const [name, value] = header
    const known = name.toLowerCase()
    const unfolded = value.includes('\n') ? value.replace(/\r?\n[ \t]+/g, ' ') : value
    const why = OF_THE_CONNECTION.get(known) ?? (named.has(known) ? NAMED : lost(known, unfolded))
    if (why !== null) leftOut.push({ name, why })
    else if (!NAME.test(name) || !VALUE.test(unfolded)) leftOut.push({ name, why: NOT_HTTP })
    else kept.push(unfolded === value ? header : [name, unfolded])
  }
  return { headers: kept, leftOut }
}

const NONE: ReadonlySet<string> = new Set()

function namedByConnection(headers: Resendable['headers']): ReadonlySet<string> {
  let named: Set<string> | null = null
  for (const [name, value] of headers) {
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue
    // Of that one it is known.
    if (value === 'keep-alive') continue
    named ??= new Set()
    for (const each of value.split(',')) named.add(each.trim().toLowerCase())
  }
  return named ?? NONE
}

/** Receivers blot out the values of cookies, which belong to other programs, before they keep them. */
function lost(name: string, value: string): string | null {
  const isCookie = name === 'cookie' || name === 'cookie2'
  return isCookie && /^\*+$/.test(value.trim()) ? NOT_KEPT : null
}

const NOT_KEPT = 'its value is not kept, as cookies of other programs arrive at this machine too'
const NAMED = 'its Connection header says that it was for that connection alone'
const NOT_HTTP = 'it cannot be sent as a header'
