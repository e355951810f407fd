/**
 * Other programs' cookies arrive at 127.0.0.1, whatever the port. They are no business of ours:
 * their values are blotted out before anything is kept, byte for byte, so that lengths stay true.
 * Heads that the parser refuses are kept too: folded lines, bare line ends and odd blanks are read.
 */

const STAR = 0x2a
/** The name with its colon; the value with the lines that it is folded over. */
const COOKIE = /((?:^|[\r\n])[ \t]*cookie2?[ \t]*:)([^\n]*(?:\n[ \t][^\n]*)*)/gi

export function redactCookies(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  if (!/cookie2?[ \t]*:/i.test(text)) return bytes
  const redacted = Buffer.from(bytes)
  for (const match of text.matchAll(COOKIE)) {
    const [, name = '', value = ''] = match
    const start = match.index + name.length
    const lead = /^[ \t]*/.exec(value)?.[0].length ?? 0
    for (let at = lead; at < value.length; at++) {
      if (!/[\r\n]/.test(value.charAt(at))) redacted[start + at] = STAR
    }
  }
  return redacted
}
