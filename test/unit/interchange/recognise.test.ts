/** What texts and files are taken for, and what of them is kept, left out, or refused. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-main/errors.ts'
import { fromCurl } from '../../../src-main/interchange/from-curl.ts'
import type {
  ImportedItem,
  ImportedRequest,
  Recognised,
} from '../../../src-main/interchange/imported.ts'
import { recognise } from '../../../src-main/interchange/recognise.ts'

function found(text: string | Uint8Array): Recognised {
  const result = recognise(typeof text === 'string' ? Buffer.from(text) : text)
  if ('sealed' in result) throw new Error('it is sealed')
  return result
}

function requests(text: string | Uint8Array): ImportedRequest[] {
  return found(text).items.map((item: ImportedItem) => {
    if (item.kind !== 'request') throw new Error(JSON.stringify(item))
    return item
  })
}

function wire({ head, body }: Pick<ImportedRequest, 'head' | 'body'>): string {
  return Buffer.concat([head, body]).toString('latin1')
}

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

describe('commands for Windows', () => {
  it('as browsers copy them', () => {
    const text =
      'curl ^"https://example.com/a?b=1^&c=2^" ^\r\n  -H ^"accept: */*^" ^\r\n  -H ^"x-q: say ^\\^"hi^\\^"^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"100^%^\\^"^}^"'
    const [request] = requests(text)
    expect(request && wire(request)).toBe(
      'POST /a?b=1&c=2 HTTP/1.1\r\nHost: example.com\r\naccept: */*\r\nx-q: say "hi"\r\nContent-Length: 12\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{"a":"100%"}',
    )
  })
})

describe('which command line a command was written for', () => {
  const apostrophe = '{"text":"say \'hi\'"}'
  it.each([
    [
      'Windows, with carets',
      `curl ^"https://x/^" ^\r\n  --data-raw ^"^{^\\^"text^\\^":^\\^"say 'hi'^\\^"^}^"`,
      apostrophe,
    ],
    [
      'Windows, with carets behind an option',
      `curl -X POST ^"https://x/^" ^\n  --data-raw ^"^{^\\^"text^\\^":^\\^"say 'hi'^\\^"^}^"`,
      apostrophe,
    ],
    [
      'Windows, with carets at the ends of lines alone',
      `curl "https://x/" ^\r\n  -H "a: it's" ^\r\n  --data-raw "{\\"text\\":\\"say 'hi'\\"}"`,
      apostrophe,
    ],
    [
      'Windows, with backslashes at the end of a value',
      `curl ^"https://x/^" ^\r\n -H ^"a: b^\\^\\^" ^\r\n --data-raw ^"a 'b' ^\\^\\^"`,
      "a 'b' \\",
    ],
    ['others, with a caret in quotes', `curl 'https://x/' --data-raw '^"a^"'`, '^"a^"'],
    [
      'others, with what looks like it in double quotes',
      'curl https://x/ \\\n --data-raw "a ^\nb ^\\"c"',
      'a ^\nb ^"c',
    ],
    ['others, with an apostrophe within a word', `curl https://x/ -d a^\\'b\\ 'c'`, "a^'b c"],
  ])('%s', (_what, command, body) => {
    const [request, ...others] = requests(command)
    expect(others).toEqual([])
    expect(request?.origin).toBe('https://x')
    expect(Buffer.from(request?.body ?? []).toString()).toBe(body)
  })

  it('keeps what a browser wrote for it, whatever it is', () => {
    // As Chromium writes an argument for cmd: what is no letter gets a caret before it.
    const argument = (text: string) =>
      `^"${text
        .replace(/\\/g, '\\\\')
        .replace(/"/g, '\\"')
        .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')
        .replace(/\r?\n/g, '^\n\n')}^"`
    // A backslash that stands before no quote is doubled there, and stays so.
    const piece = fc.constantFrom(...`ab 'é"^&|<>()%!\n{}:,`, '\\"')
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const body = pieces.join('')
        const [request] = requests(
          `curl ${argument('https://x/')} ^\r\n  --data-raw ${argument(body)} ^\r\n  -A ${argument('u')}`,
        )
        expect(Buffer.from(request?.body ?? []).toString()).toBe(body)
      }),
      { numRuns: 500 },
    )
  })
})

describe('curl', () => {
  it('keeps what a shell would run as it stands, and says so', () => {
    const [request] = requests('curl "https://example.com/$(id)?u=$USER" -H "X: `date`" -d \'$x\'')
    expect(request && wire(request)).toMatch(
      /^POST \/\$\(id\)\?u=\$USER HTTP[\s\S]*X: `date`[\s\S]*\$x$/,
    )
    expect(request?.lost).toEqual([
      '$(…) would be run by a shell: it stands as it is.',
      '$USER is a variable of the shell: it stands as it is.',
      '`…` would be run by a shell: it stands as it is.',
      'curl would name itself and its version as User-Agent.',
    ])
  })

  it('says of each command what is its own', () => {
    const text = "curl http://a/ -d '\n' -d $A\ncurl http://b/ \\\n -d $B\ncurl http://c/"
    const words = found(text).items.map((item) => item.kind === 'request' && item.lost.join())
    expect(words.map((all) => /\$[A-Z]/.exec(all || '')?.[0])).toEqual(['$A', '$B', undefined])
  })

  it.each([
    'curl http://x/ -d @file',
    'curl http://x/ --data-binary @-',
    'curl http://x/ -F a=@b',
    "curl http://x/ -F 'a=<b'",
    'curl http://x/ -T file',
    'curl http://x/ --data-urlencode a@b',
    'curl -d x',
    'curl ftp://x/',
    'curl "http://a b/"',
    "curl http://x/ -X 'A B'",
  ])('refuses %s, with the reason', (command) => {
    const [item] = found(command).items
    expect(item).toMatchObject({ kind: 'refused', what: 'command 1, line 1' })
    expect(item?.kind === 'refused' && item.why.length).toBeGreaterThan(10)
  })

  it('names every option that is lost, and not those that only concern what is shown', () => {
    const [request] = requests(
      'curl -sSvi -o /dev/null -L -k -m 5 -x http://p:1 --retry 3 --nope http://x/ -A u',
    )
    expect(request?.lost.map((words) => words.split(':')[0])).toEqual([
      '--location',
      '--insecure',
      '--max-time',
      '--proxy',
      '--retry',
      '--nope',
    ])
  })

  it.each([
    'curl -A u --tlsuser u --tlspassword pSecret https://x/',
    'curl -A u --ssl-sessions vSecret https://x/',
    'curl -A u --proxy-pass pSecret --proxy-key k https://x/',
    'curl -A u --not-known-yet vSecret https://x/',
    'curl -A u https://x/ --not-known-yet vSecret',
  ])('takes the value of an option for no URL: %s', (command) => {
    const [request, ...others] = requests(command)
    expect(others).toEqual([])
    expect(request && wire(request)).toBe(
      'GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: u\r\nAccept: */*\r\n\r\n',
    )
    expect(JSON.stringify(request?.lost)).not.toMatch(/Secret/)
  })

  it('says what became of the word behind an option that it does not know', () => {
    const unknown = '--nope: Hookstage does not know this option'
    const value = `${unknown}; the word behind it was taken for its value.`
    expect(requests('curl -A u --nope x https://x/')[0]?.lost).toEqual([value])
    expect(requests('curl -A u --nope -v https://x/ --nope')[0]?.lost).toEqual([`${unknown}.`])
    expect(found('curl --nope example.com').items).toMatchObject([
      { kind: 'refused', why: `It names no URL. ${value}` },
    ])
  })

  it('turns off again what was turned on', () => {
    const [request] = requests(
      'curl -A u --get --compressed --no-get --no-compressed -d a https://x/',
    )
    expect(request && wire(request)).toMatch(/^POST /)
    expect(request?.lost).toEqual([])
  })

  it('takes what curl’s own variables would change as it stands, and says so', () => {
    const [request] = requests("curl -A u --variable v=1 --expand-data '{{v}}' https://x/")
    expect(Buffer.from(request?.body ?? []).toString()).toBe('{{v}}')
    expect(request?.lost.join()).toMatch(/--expand-data: .* \{\{…\}\} stands as it is/)
  })

  it.each([
    ["'http://x/a\\[1\\]\\{b\\}?c[]=1'", '/a[1]{b}?c[]=1', false],
    ["-g 'http://x/a[1-3]'", '/a[1-3]', false],
    ["'http://[::1]:81/a'", '/a', false],
    ["'http://x/a[1-3]'", '/a[1-3]', true],
    ["'http://x/\\[{a,b}'", '/[{a,b}', true],
  ])('takes no escaped bracket for a pattern: %s', (url, target, isPattern) => {
    const [request] = requests(`curl -A u ${url}`)
    expect(request && wire(request)).toContain(`GET ${target} HTTP`)
    expect(request?.lost.join().includes('a pattern of several URLs')).toBe(isPattern)
  })

  it('keeps the body of a command once, whatever the number of its URLs', () => {
    const urls = Array.from({ length: 400 }, (_, index) => `http://x/${index}`).join(' ')
    const all = requests(`curl -d '${'x'.repeat(100_000)}' ${urls}`)
    expect(all).toHaveLength(400)
    expect(new Set(all.map(({ body }) => body)).size).toBe(1)
    const [first, second] = requests(`curl -F a=b ${urls}`)
    expect(first?.body).toBe(second?.body)
  })

  it('reads no more requests than have so many bytes, and says so', () => {
    const filler = 'x'.repeat(200 * 1024)
    const urls = 'http://x/ '.repeat(2_000)
    for (const option of [`-d ${filler}`, `-A ${filler}`, `-G -d ${filler}`, `-F a=${filler}`]) {
      const { items, notes } = fromCurl(`curl ${option} ${urls}`, 1024 * 1024)
      expect(items).toHaveLength(5)
      expect(notes).toEqual([
        'Only the first 5 requests are read; with the other 1,995 they would have more than 1 MB.',
      ])
    }
  })

  it('never tells what may be secret in what it says', () => {
    const text =
      'curl https://me:pSecret@x/?token=tSecret -u u:uSecret --digest -H "bad\u0000: hSecret" -x http://q:xSecret@p -d @fSecret'
    expect(
      JSON.stringify(
        found(text).items.map((item) =>
          item.kind === 'refused' ? item : item.kind === 'request' && item.lost,
        ),
      ),
    ).not.toMatch(/Secret/)
    expect(found('API_TOKEN=vSecret\ncurl http://x').notes).toEqual([
      'Only curl commands are read: “API_TOKEN=…” is left out.',
    ])
  })

  it.each([
    ['--aws-sigv4 aws:amz:eu-west-1:es --user AKIA:uSecret', 'AWS signatures are not made anew'],
    ['-u AKIA:uSecret --aws-sigv4 aws:amz', 'AWS signatures are not made anew'],
    ['--digest -u a:uSecret', 'Digest authentication needs an exchange of its own'],
    ['--ntlm -u a:uSecret', 'NTLM authentication needs an exchange of its own'],
    ['--negotiate -u :', 'Negotiate authentication needs an exchange of its own'],
    ['--anyauth -u a:uSecret', 'curl agrees with the server on how to authenticate'],
    ['--basic --ntlm -u a:uSecret', 'curl agrees with the server on how to authenticate'],
  ])('makes no Authorization of %s, and says why', (options, why) => {
    const [request] = requests(`curl -A u ${options} https://x/`)
    expect(request && wire(request)).not.toMatch(/authorization/i)
    expect(request?.lost).toEqual([`${why}, so no Authorization was made.`])
  })

  it('does not say so where nothing would be authenticated', () => {
    const [request, given] = requests(
      "curl -A u --digest https://x/ --next -A u --digest -u a:b -H 'Authorization: own' https://x/",
    )
    expect([request?.lost, given?.lost]).toEqual([[], []])
    expect(given && wire(given)).toMatch(/Authorization: own/)
  })

  it('reads several, whatever stands between them', () => {
    const text =
      '$ curl http://a/1\n# a note\necho hi; curl http://a/2 && sudo curl http://a/3 > out.txt\ncurl http://a/4 --next -d x http://a/5'
    const { items, notes } = found(text)
    expect(
      items.map(
        (item) => item.kind === 'request' && Buffer.from(item.head).toString().split(' HTTP')[0],
      ),
    ).toEqual(['GET /1', 'GET /2', 'GET /3', 'GET /4', 'POST /5'])
    expect(notes).toEqual([])
  })
})

describe('a Hookstage file', () => {
  it('holds a request whatever the bytes of its path are', () => {
    const target = fc
      .uint8Array({ maxLength: 12 })
      .map((bytes) => bytes.filter((byte) => byte > 0x20))
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
      { event: 'poll.created', text: one, isObject: true },
      { event: null, text: '7', isObject: false },
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
