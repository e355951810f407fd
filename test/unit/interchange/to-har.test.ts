/** What of a recorded exchange a HAR file tells apart, whatever its bytes are. */
import { expect, it } from 'vitest'
import { harEntry } from '../../../src-main/interchange/to-har.ts'

function requestIn(head: string): { readonly url: string; readonly cookies: unknown } {
  const entry = harEntry({
    origin: 'https://x',
    remoteAddress: null,
    startedAtMs: 0,
    head: Buffer.from(head, 'latin1'),
    body: Buffer.alloc(0),
    answer: null,
    marks: null,
    note: '',
  })
  return (JSON.parse(entry) as { request: ReturnType<typeof requestIn> }).request
}

it('keeps every byte of a cookie, also one that JavaScript takes for a space', () => {
  const cookie = 'Cookie: a=voil\xc3\xa0; b=\xa01 ;c=2'
  expect(requestIn(`GET / HTTP/1.1\r\nHost: x\r\n${cookie}\r\n\r\n`).cookies).toEqual([
    { name: 'a', value: 'voil\xc3\xa0' },
    { name: 'b', value: '\xa01' },
    { name: 'c', value: '2' },
  ])
})

it.each([
  ['/a?b', 'https://x/a?b'],
  ['*', 'https://x/*'],
  ['.example/a', 'https://x/.example/a'],
  ['http://y/a', 'http://y/a'],
])('takes no request line for a part of the host: %s', (target, url) => {
  expect(requestIn(`OPTIONS ${target} HTTP/1.1\r\nHost: x\r\n\r\n`).url).toBe(url)
})
