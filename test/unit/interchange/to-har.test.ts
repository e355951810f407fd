/** What of a recorded exchange a HAR file tells apart, whatever its bytes are. */
import { expect, it } from 'vitest'
import { harEntry } from '../../../src-main/interchange/to-har.ts'

it('keeps every byte of a cookie, also one that JavaScript takes for a space', () => {
  const head = 'GET / HTTP/1.1\r\nHost: x\r\nCookie: a=voil\xc3\xa0; b=\xa01 ;c=2\r\n\r\n'
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
  expect((JSON.parse(entry) as { request: { cookies: unknown } }).request.cookies).toEqual([
    { name: 'a', value: 'voil\xc3\xa0' },
    { name: 'b', value: '\xa01' },
    { name: 'c', value: '2' },
  ])
})
