/** Texts of the largest kinds are read in one pass, whoever wrote them. */
import { expect, it } from 'vitest'
import { AppError } from '../../../src-main/errors.ts'
import { recognise } from '../../../src-main/interchange/recognise.ts'

const CHUNKED = 'POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n'
const postData = { _base64: `${' '.repeat(500_000)}!` }
const HAR_OF_SPACE = JSON.stringify({
  log: { version: '1.2', entries: [{ request: { method: 'POST', url: 'http://x/', postData } }] },
})

it('keeps no head of more headers or bytes than lists can show', () => {
  const items = (text: string) => {
    const found = recognise(Buffer.from(text))
    return 'items' in found ? found.items : []
  }
  const [many] = items(`GET / HTTP/1.1\nHost: x\n${'a: b\n'.repeat(5_000)}\n`)
  expect(many).toMatchObject({
    kind: 'request',
    lost: expect.arrayContaining([expect.stringMatching(/1,000 headers/)]),
  })
  expect(many?.kind === 'request' && many.head.length).toBeLessThan(10_000)
  for (const long of ['curl http://x/?', 'GET http://x/? HTTP/1.1\nA: '])
    expect(items(`${long}${'a=b+'.repeat(500_000)}`)).toMatchObject([
      { kind: 'refused', why: expect.stringMatching(/1 MB/) },
    ])
})

it.each([
  ['many quotes', `curl ${"'a' ".repeat(200_000)}`],
  ['many options', `curl http://x/ ${'-v '.repeat(200_000)}`],
  [
    'many options and headers that are none, for many URLs',
    `curl ${Array.from({ length: 50_000 }, (_, index) => `--nope${index} -H x`).join(' ')} ${'http://x/ '.repeat(3_000)}`,
  ],
  ['a long line', `curl http://x/${'a/../'.repeat(200_000)}`],
  ['many messages', 'GET / HTTP/1.1\nContent-Length: 0\n\n'.repeat(100_000)],
  ['many separators', `GET / HTTP/1.1\n\n${'x\n###\n'.repeat(100_000)}`],
  ['many variables', 'curl http://x/ $A\n'.repeat(50_000)],
  ['many variables on a line', 'curl http://x/ $A;'.repeat(50_000)],
  ['many here-documents', 'curl http://x/ <<A\n'.repeat(20_000)],
  ['many substitutions', `curl http://x/ ${'$('.repeat(20_000)}`],
  ['many empty lines', `${'\n'.repeat(1_000_000)}GET / HTTP/1.1\n\n`],
  ['millions of empty lines', `${'\n'.repeat(8_000_000)}GET / HTTP/1.1\n\n`],
  ['millions of blanks', `curl ${' '.repeat(20_000_000)}http://x/`],
  ['millions of joined lines', `curl ${'\\\n'.repeat(12_000_000)}http://x/`],
  ['many heads without an end', 'GET / HTTP/1.1\n###\n'.repeat(600_000)],
  ['many trailers', `${CHUNKED}0\n${'a:b\n'.repeat(4_000_000)}\n`],
  ['space in base64', HAR_OF_SPACE],
  ['many headers', `GET / HTTP/1.1\n${'a: b\n'.repeat(200_000)}\n`],
  ['deep JSON', '['.repeat(500_000)],
  ['many events', `[${'{"a":1},'.repeat(200_000)}1]`],
])('an import of size is read, or refused: %s', (_name, text) => {
  // Quadratic time would be minutes.
  try {
    const found = recognise(Buffer.from(text))
    expect('items' in found && found.items.length).toBeLessThanOrEqual(2_000)
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
  }
})
