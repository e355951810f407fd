/** What of curl commands is kept, left out, or refused, whichever shell they were written for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromCurl } from '../../../src-main/interchange/from-curl.ts'
import { found, requests, wire } from '../../support/recognised.ts'

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
    [
      'others, with such a command in quotes',
      `curl 'https://x/' --data-raw 'try curl ^"y^"'`,
      'try curl ^"y^"',
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
    'curl http://x/ --url-query a@b',
    'curl http://x/ --url-query @-',
    'curl http://x/ -d a -F b=c',
    'curl http://x/ -G -d a -F b=c',
    'curl http://x/ -d a -I',
    'curl http://x/ -F a=b -I',
    "curl http://x/ --request-target 'a b'",
    "curl http://x/ --request-target ''",
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

  it('says what curl would add to the type that a form was given', () => {
    const [own] = requests(`curl http://x/ -F a=b -H 'Content-Type: t/u'`)
    expect(own?.lost.join()).toContain('your Content-Type is kept as it stands')
    const [made] = requests(`curl http://x/ -F a=b -H 'Content-Type:'`)
    expect(made?.lost.join()).toContain('another boundary each time')
  })
})
