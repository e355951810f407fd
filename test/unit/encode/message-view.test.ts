import { randomBytes } from 'node:crypto'
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inspectMessage, maskHead, maskSecrets, maskText } from '../../../src-main/encode/index.ts'

function view(
  head: string,
  body: Uint8Array | string,
  change: { secrets?: string[]; limitBytes?: number; bodyBytes?: number } = {},
) {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return inspectMessage({
    head: Buffer.from(head.replaceAll('\n', '\r\n'), 'latin1'),
    body: bytes,
    bodyBytes: change.bodyBytes ?? bytes.length,
    limitBytes: change.limitBytes ?? null,
    secrets: change.secrets ?? [],
  })
}

describe('a recorded message', () => {
  it('reads a value of any length in one pass', () => {
    // Quadratic time would be minutes.
    const value = `a${' '.repeat(500_000)}b`
    expect(view(`POST / HTTP/1.1\nX:\t ${value} \t\n\n`, '').headers).toMatchObject([
      { name: 'X', value },
    ])
  })

  it('shows its headers in order, case and number, even odd ones', () => {
    const { startLine, headers } = view(
      'POST /x HTTP/1.1\nX-a: 1\nx-A:2\nFolded: a\n  b\nno colon\nE:\n\n',
      '',
    )
    expect(startLine).toBe('POST /x HTTP/1.1')
    expect(headers.map(({ name, value }) => [name, value])).toEqual([
      ['X-a', '1'],
      ['x-A', '2'],
      ['Folded', 'a\n  b'],
      ['no colon', ''],
      ['E', ''],
    ])
  })

  it('shows the final answer after interim ones', () => {
    const early = 'HTTP/1.1 103 Early Hints\nLink: </a>\n\n'
    const shown = view(`${early}${early}HTTP/1.1 404 Not Found\nX: 1\n\n`, '')
    expect([shown.startLine, shown.headers.length]).toEqual(['HTTP/1.1 404 Not Found', 1])
  })

  it('shows bytes as recorded and text as decoded, for each content coding', () => {
    const text = '{"a":"ü"}'
    const codings = {
      gzip: gzipSync,
      deflate: deflateSync,
      br: brotliCompressSync,
      zstd: zstdCompressSync,
    }
    for (const [name, compress] of Object.entries(codings)) {
      const bytes = compress(Buffer.from(text))
      const { body, contentEncoding } = view(
        `HTTP/1.1 200 OK\nContent-Encoding: ${name}\n\n`,
        bytes,
      )
      expect(contentEncoding).toBe(name)
      expect(Buffer.from(body.base64, 'base64').equals(bytes)).toBe(true)
      expect(body.text).toBe(text)
      expect(body.pretty).toBe('{\n  "a": "ü"\n}')
    }
  })

  it('undoes codings in turn, a bare deflate stream, and what was cut short', () => {
    const text = '{"a":"ü"}'
    const twice = brotliCompressSync(gzipSync(text))
    expect(view('H\nContent-Encoding: gzip\nContent-Encoding: br\n\n', twice).body.text).toBe(text)
    expect(view('H\nContent-Encoding: gzip, br\n\n', twice).body.text).toBe(text)
    expect(view('H\nContent-Encoding: deflate\n\n', deflateRawSync(text)).body.text).toBe(text)
    const long = randomBytes(30_000).toString('hex')
    for (const [name, compress] of Object.entries({ gzip: gzipSync, br: brotliCompressSync })) {
      const whole = compress(long)
      const part = whole.subarray(0, whole.length / 2)
      const { body } = view(`H\nContent-Encoding: ${name}\n\n`, part, { bodyBytes: whole.length })
      expect(body.text?.length, name).toBeGreaterThan(1_000)
      expect(long.startsWith(body.text ?? '-'), name).toBe(true)
    }
    expect(view('H\nContent-Encoding: constructor\n\n', 'x').body.note).toMatch(/not know/)
    const many = 'gzip,'.repeat(9)
    expect(view(`H\nContent-Encoding: ${many}\n\n`, 'x').body.note).toMatch(/too many/)
  })

  it('lays JSON out behind a byte order mark, and keeps a ? that belongs to a form', () => {
    expect(view('H\n\n', '\ufeff{"a":1}').body.pretty).toBe('{\n  "a": 1\n}')
    const type = 'Content-Type: application/x-www-form-urlencoded'
    expect(view(`P\n${type}\n\n`, '?a=1').body.form).toMatchObject([{ name: '?a', value: '1' }])
  })

  it('says so when the body is not what the header says, or grows beyond bounds', () => {
    expect(view('H\nContent-Encoding: gzip\n\n', 'not gzip').body).toMatchObject({
      text: null,
      note: /cannot/,
    })
    expect(view('H\nContent-Encoding: exotic\n\n', 'x').body.note).toMatch(/exotic/)
    const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024))
    expect(view('H\nContent-Encoding: gzip\n\n', bomb).body.note).toMatch(/larger than 10 MB/)
    expect(view('H\n\n', Uint8Array.of(0xff, 0xfe)).body).toMatchObject({
      text: null,
      note: /UTF-8/,
    })
  })

  it('decodes a form in order and lays out JSON in its fields', () => {
    const head =
      'POST / HTTP/1.1\ncontent-type: application/x-www-form-urlencoded; charset=utf-8\n\n'
    const { body } = view(head, 'b=1&a=x+y%26&b=%7B%22n%22%3A1.0%7D&=')
    expect(body.form).toEqual([
      { name: 'b', value: '1', json: null },
      { name: 'a', value: 'x y&', json: null },
      { name: 'b', value: '{"n":1.0}', json: '{\n  "n": 1.0\n}' },
      { name: '', value: '', json: null },
    ])
    expect(body.pretty).toBeNull()
  })

  it('shows the first part of a large body, never half a character, and says what was cut', () => {
    const { body, bodyBytes, truncated } = view('H\n\n', 'aé'.repeat(10), {
      limitBytes: 5,
      bodyBytes: 99,
    })
    expect(body).toMatchObject({ shownBytes: 5, text: 'aéa', pretty: null })
    expect([bodyBytes, truncated]).toEqual([99, true])
  })
})

describe('what was made to cost', () => {
  it('is shown as text where its layout would be hundreds of times as long', () => {
    const deep = (depth: number, items: number) =>
      `${'['.repeat(depth)}${'1,'.repeat(items)}1${']'.repeat(depth)}`
    const { body } = view('P\n\n', deep(250, 120_000))
    expect(body.pretty).toBeNull()
    expect(body.text).toHaveLength(240_501)
    expect(view('P\n\n', deep(20, 20)).body.pretty).toBe(
      JSON.stringify(JSON.parse(deep(20, 20)), null, 2),
    )
  })

  it('is shown as text where it has more fields than any form', () => {
    const head = 'P\nContent-Type: application/x-www-form-urlencoded\n\n'
    const { body } = view(head, 'a=1&'.repeat(5_001))
    expect(body.form).toBeNull()
    expect(body.note).toMatch(/5,000 fields/)
    expect(body.text).toHaveLength(20_004)
  })
})

describe('secrets', () => {
  it('are hidden in headers that are secret by their name, whoever sent them', () => {
    const names = [
      'Authorization',
      'proxy-authorization',
      'Cookie',
      'Set-Cookie',
      'X-Api-Key',
      'X-Auth-Token',
      'X-Shop-Secret',
    ]
    for (const name of names) {
      const { headers, hasSecrets } = view(
        `GET / HTTP/1.1\n${name}: Bearer abcdefghijkl1234\n\n`,
        '',
      )
      expect(headers[0]?.value).toBe('Bearer ••••••••1234')
      expect(hasSecrets).toBe(true)
    }
  })

  it('are overwritten in copies of the same length', () => {
    const head = Buffer.from(
      'POST /s/abcd HTTP/1.1\r\nAuthorization: Bearer tok\r\nX-B: abcd\r\n\r\n',
    )
    const masked = Buffer.from(maskHead(head, ['abcd'])).toString()
    expect(masked).toBe('POST /s/**** HTTP/1.1\r\nAuthorization: Bearer ***\r\nX-B: ****\r\n\r\n')
    const clean = Buffer.from('nothing here')
    expect(maskSecrets(clean, ['abcd'])).toBe(clean)
  })

  it('show their last characters only when they are long', () => {
    expect(maskText('short')).toBe('••••••••')
    expect(maskText('0123456789ab')).toBe('••••••••89ab')
    expect(maskText('Bearer 0123456789ab')).toBe('Bearer ••••••••89ab')
  })
})
