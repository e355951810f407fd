/** What texts and files are taken for, and what of them is kept, left out, or refused. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-main/errors.ts'
import { recognise } from '../../../src-main/interchange/recognise.ts'
import { found, requests, wire } from '../../support/recognised.ts'

function har(entries: unknown[]): string {
  return JSON.stringify({ log: { version: '1.2', entries } })
}

function entry(request: object, response: object = {}): object {
  return {
    startedDateTime: '2026-11-26T10:00:00.000Z',
    request: {
      method: 'POST',
      url: 'https://example.com/hook?a=1',
      httpVersion: 'HTTP/1.1',
      headers: [],
      cookies: [],
      bodySize: -1,
      ...request,
    },
    response: { status: 0, statusText: '', headers: [], content: {}, ...response },
  }
}

describe('HAR', () => {
  it('takes the text of a body before its fields', () => {
    const postData = {
      mimeType: 'application/x-www-form-urlencoded',
      text: 'a=%20+',
      params: [{ name: 'a', value: 'x' }],
    }
    const [request] = requests(har([entry({ postData, bodySize: 6 })]))
    expect(request?.lost).toEqual([])
    expect(request && wire(request)).toBe(
      'POST /hook?a=1 HTTP/1.1\r\nHost: example.com\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\na=%20+',
    )
    expect(request?.sentAtMs).toBe(Date.UTC(2026, 10, 26, 10))
  })

  it('puts a body together from its fields where there is no text, and says so', () => {
    const mimeType = 'application/x-www-form-urlencoded'
    const [form] = requests(
      har([entry({ postData: { mimeType, params: [{ name: 'a b', value: 'é' }] } })]),
    )
    expect(Buffer.from(form?.body ?? []).toString()).toBe('a+b=%C3%A9')
    expect(form?.lost.join()).toMatch(/put together from its fields/)
    const multipart = {
      mimeType: 'multipart/form-data; boundary=x',
      params: [{ name: 'f', value: 'v', fileName: 'a.txt' }],
    }
    const [parts] = requests(har([entry({ postData: multipart })]))
    expect(Buffer.from(parts?.body ?? []).toString()).toMatch(
      /name="f"; filename="a.txt"\r\n\r\nv\r\n/,
    )
    const file = { ...multipart, params: [{ name: 'f', fileName: 'a.bin' }] }
    expect(found(har([entry({ postData: file })])).items).toMatchObject([
      { kind: 'refused', what: 'entry 1' },
    ])
  })

  it('leaves out what HTTP/2 alone has, and names what is lost', () => {
    const headers = [
      { name: ':authority', value: 'example.com' },
      { name: ':path', value: '/hook' },
      { name: 'x-one', value: '1' },
      { name: 'x-two', value: 'a\r\nb: c' },
    ]
    const [request] = requests(
      har([
        entry({ headers, httpVersion: 'h2', postData: { mimeType: '', text: 'é' }, bodySize: 9 }),
      ]),
    )
    expect(request && wire(request)).not.toMatch(/:authority|b: c/)
    expect(request?.lost).toEqual([
      'The header x-two has a line break or a NUL in it, so it was left out.',
      'It was sent as HTTP/2 or 3: it is kept as HTTP/1.1 has it.',
      'The file says that the body had 9 bytes, and holds text of 2: what was no text is lost.',
    ])
  })

  it('keeps the answer as the file has it: decoded', () => {
    const headers = [
      { name: 'content-encoding', value: 'gzip' },
      { name: 'content-length', value: '99' },
      { name: 'x-a', value: 'b' },
    ]
    const content = { size: 2, mimeType: 'text/plain', text: 'aGk=', encoding: 'base64' }
    const [request] = requests(
      har([entry({}, { status: 201, statusText: 'Created', headers, content })]),
    )
    expect(request?.answer && wire(request.answer)).toBe(
      'HTTP/1.1 201 Created\r\nx-a: b\r\nContent-Length: 2\r\n\r\nhi',
    )
    expect(request?.lost).toEqual(['The answer is kept as the file has it: decompressed.'])
  })

  it('suggests what has a body, and all where nothing has', () => {
    const page = [entry({ method: 'GET' }), entry({}), entry({ url: 'data:text/plain,x' })]
    const items = found(har(page)).items
    expect(items.map((item) => item.kind === 'request' && item.isSuggested)).toEqual([
      false,
      true,
      false,
    ])
    expect(items[2]).toMatchObject({ kind: 'refused', why: 'It is no HTTP request.' })
    expect(requests(har([entry({ method: 'GET' })]))[0]?.isSuggested).toBe(true)
  })

  it('refuses an entry that is not one, and reads the others', () => {
    const items = found(
      har([{}, 7, entry({}), entry({ url: 'http://' }), entry({ method: 'A B' })]),
    ).items
    expect(items.map(({ kind }) => kind)).toEqual([
      'refused',
      'refused',
      'request',
      'refused',
      'refused',
    ])
  })

  it('reads no more than 2,000', () => {
    const { items, notes } = found(har(Array.from({ length: 2_003 }, () => entry({}))))
    expect(items).toHaveLength(2_000)
    expect(notes.join()).toMatch(/Only the first 2,000 requests are read; 3 are left out/)
  })
})

describe('raw HTTP', () => {
  it('keeps the bytes of the body, and the head with CRLF', () => {
    const [request] = requests('POST /x?y HTTP/1.1\nHost: example.com\nX-Odd:  1 \n\na\nb\r\n\n')
    expect(request && wire(request)).toBe(
      'POST /x?y HTTP/1.1\r\nHost: example.com\r\nX-Odd:  1 \r\nContent-Length: 6\r\n\r\na\nb\r\n\n',
    )
    expect(request?.origin).toBe('https://example.com')
    expect(request?.lost).toEqual([
      'The text does not say whether it was https or http: https was taken.',
      'The lines of the head end in CRLF now.',
    ])
  })

  it.each([
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1', 'http://127.0.0.1'],
    ['example.com:443', 'https://example.com'],
    ['example.com:8080', 'http://example.com:8080'],
    ['[::1]:81', 'http://[::1]:81'],
  ])('takes %s for %s', (host, origin) => {
    expect(requests(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)[0]?.origin).toBe(origin)
  })

  it('reads several, by their length or a line of ###', () => {
    const text =
      'POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n### next\nPUT https://b/3\n\nbody\n\n###\n\nDELETE https://c/4'
    expect(
      requests(text).map(({ head, origin }) => [
        origin,
        Buffer.from(head).toString().split(' HTTP')[0],
      ]),
    ).toEqual([
      ['https://a', 'POST /1'],
      ['https://a', 'POST /2'],
      ['https://b', 'PUT /3'],
      ['https://c', 'DELETE /4'],
    ])
  })

  it('takes chunks apart', () => {
    const [request] = requests(
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n',
    )
    expect([Buffer.from(request?.body ?? []).toString(), request?.isChunked]).toEqual([
      'abcde',
      true,
    ])
  })

  it('says when the length is another', () => {
    const [request] = requests('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc')
    expect(request?.lost.join()).toMatch(/Content-Length says 9, and the body here has 3 bytes/)
    expect(request && wire(request)).toMatch(/Content-Length: 3\r\n\r\nabc$/)
  })

  it.each([
    ['/voilà', '/voil%C3%A0', 'x'],
    ['/voilà/\u00a0?à', '/voil%C3%A0/%C2%A0?%C3%A0', 'x'],
    ['https://x/voilà', '/voil%C3%A0', 'x'],
    ['https://bücher.example/à', '/%C3%A0', 'xn--bcher-kva.example'],
  ])('reads a path in UTF-8, whatever its bytes are: %s', (path, target, host) => {
    const [request] = requests(`POST ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(request && wire(request).split(' HTTP')[0]).toBe(`POST ${target}`)
    expect(request?.origin).toBe(`https://${host}`)
  })

  it('says that a path is encoded', () => {
    const lost = (path: string) => requests(`POST ${path} HTTP/1.1\r\nHost: x:80\r\n\r\n`)[0]?.lost
    expect(lost('/à')?.join()).toMatch(/no ASCII are encoded/)
    expect(lost('/a')?.join()).not.toMatch(/encoded/)
  })

  it('takes a byte A0 at the end of a header or of the text for no space', () => {
    const [request, ...others] = requests(
      Buffer.from(
        'POST / HTTP/1.1\r\nHost: x\r\nX: voil\xc3\xa0\r\nContent-Length: 1\r\n\r\na\xa0',
        'latin1',
      ),
    )
    expect(others).toEqual([])
    expect(request && wire(request)).toMatch(/X: voil\xc3\xa0\r\nContent-Length: 2\r\n\r\na\xa0$/)
  })

  it('keeps bytes that are no text', () => {
    const bytes = Buffer.concat([
      Buffer.from('POST / HTTP/1.1\r\nHost: a\r\n\r\n'),
      Buffer.from([0, 255, 0xc3]),
    ])
    expect([...(requests(bytes)[0]?.body ?? [])]).toEqual([0, 255, 0xc3])
  })
})

describe('a Hookstage file', () => {
  it('holds a request whatever the bytes of its path are', () => {
    // To JavaScript the byte A0 is white space.
    const byte = fc.oneof(fc.integer({ min: 0x21, max: 0xff }), fc.constantFrom(0xa0))
    const target = fc.array(byte, { maxLength: 12 }).map((bytes) => Buffer.from(bytes))
    fc.assert(
      fc.property(target, (bytes) => {
        const head = Buffer.concat([
          Buffer.from('POST /'),
          bytes,
          Buffer.from(' HTTP/1.1\r\nHost: x\r\n\r\n'),
        ])
        const plain = {
          origin: '',
          body: '',
          isChunked: false,
          sentAtMs: null,
          note: '',
          answer: null,
        }
        const file = {
          hookstage: { version: 1 },
          requests: [{ ...plain, head: head.toString('base64') }],
        }
        const [request] = requests(JSON.stringify(file))
        expect(Buffer.from(request?.head ?? []).equals(head)).toBe(true)
      }),
    )
  })
})

describe('JSON', () => {
  it('is an event, an array of them, or one a line', () => {
    const one = '{"type":"poll.created","n":1.0}'
    expect(found(one).items).toMatchObject([{ kind: 'event', event: 'poll.created', text: one }])
    expect(found(`\ufeff [ ${one} , 7 ]`).items).toMatchObject([
      { event: 'poll.created', text: one },
      { kind: 'refused', what: 'element 2', why: expect.stringContaining('no event') },
    ])
    expect(found(`${one}\n${one}\n`).items).toHaveLength(2)
  })
})

describe('anything at all', () => {
  const pieces = fc.constantFrom(
    'curl ',
    'http://x',
    "'",
    '"',
    '$(',
    '`',
    '\\',
    '\n',
    ' -d',
    ' -F a=',
    '@',
    '^"',
    '<<E',
    '|',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"log"',
    '"entries"',
    '"hookstage"',
    '1',
    'POST / HTTP/1.1',
    '\r\n',
    'Host: a',
    'Content-Length: 5',
    'Transfer-Encoding: chunked',
    '###',
    ';',
    '#',
    '\0',
    'é',
  )

  it('is read or refused in words, never with another error', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(pieces, { maxLength: 30 }).map((all) => new Uint8Array(Buffer.from(all.join('')))),
    )
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          recognise(input)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 3_000 },
    )
  })
})
