/**
 * Other programs' cookies arrive at 127.0.0.1, whatever the port. They are no business of ours:
 * their values are blotted out before a head is kept, byte for byte, so that lengths stay true.
 */

const STAR = 0x2a

export function redactCookies(head: Buffer): Buffer {
  const text = head.toString('latin1')
  if (!/\r\ncookie:/i.test(text)) return head
  const redacted = Buffer.from(head)
  for (const match of text.matchAll(/(\r\ncookie:[ \t]*)([^\r\n]*)/gi)) {
    const [, name = '', value = ''] = match
    const start = match.index + name.length
    redacted.fill(STAR, start, start + value.length)
  }
  return redacted
}
