/** What is imported of a curl command is what the real curl sends when a real shell runs it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildRequest, renderHead } from '../../../src-main/encode/index.ts'
import { toCurl } from '../../../src-main/interchange/curl.ts'
import { fromCurl } from '../../../src-main/interchange/from-curl.ts'
import type { ImportedRequest } from '../../../src-main/interchange/imported.ts'
import { startWireServer, type WireServer } from '../../support/wire-server.ts'

async function recording(): Promise<WireServer> {
  return startWireServer({
    onRequest: (connection) =>
      connection.send('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'),
  })
}

async function run(command: string): Promise<void> {
  const child = spawn('bash', [], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, HOME: '/nonexistent', LC_ALL: 'C.UTF-8' },
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdin.end(`${command}\n`)
  const [status] = (await once(child, 'close')) as [number]
  if (status !== 0) throw new Error(`bash ended with ${status}: ${errors}\n${command}`)
}

function onlyRequest(command: string): ImportedRequest {
  const { items } = fromCurl(command)
  const [item] = items
  if (items.length !== 1 || item?.kind !== 'request') throw new Error(JSON.stringify(items))
  return item
}

/** What differs each time: how curl names itself, and the boundary that it makes up. */
function comparable(head: string, body: Buffer): { head: string; body: string } {
  const boundary = /boundary=(-+[0-9a-zA-Z]+)/.exec(head)?.[1]
  const plain = (text: string) => (boundary ? text.replaceAll(boundary, 'BOUNDARY') : text)
  const length = boundary ? /Content-Length: \d+/ : /$^/
  return {
    head: plain(head)
      .replace(/^User-Agent: curl\/.*\r\n/m, '')
      .replace(length, 'Content-Length: N'),
    body: plain(body.toString('latin1')),
  }
}

async function expectAsCurl(server: WireServer, command: string): Promise<void> {
  const before = server.requests.length
  const imported = onlyRequest(command)
  await run(command.replace('curl ', 'curl -q -s '))
  await server.requestsSeen(before + 1)
  const seen = server.requests[before]
  if (!seen) throw new Error('curl sent nothing')
  expect(
    comparable(Buffer.from(imported.head).toString('latin1'), Buffer.from(imported.body)),
  ).toEqual(comparable(seen.head.toString('latin1'), seen.body))
  expect(imported.origin).toBe(server.origin)
}

const COMMANDS: readonly (readonly [what: string, command: string])[] = [
  ['nothing but a URL', 'curl URL/'],
  ['a URL without a path', 'curl URL?x=1'],
  ['a URL without a scheme', 'curl BARE/noscheme'],
  ['a fragment, and dots in the path', "curl 'URL/a/./b/../c/..?x=../y#frag'"],
  [
    'brackets and braces that are escaped, as browsers copy them',
    "curl 'URL/a\\[b\\]\\{c\\}\\\\[d\\]?filter\\[x\\]=\\{1\\}'",
  ],
  ['brackets without globbing', "curl -g 'URL/a\\[b\\]{c}[]'"],
  ['empty brackets', "curl 'URL/a[]?b[]=1'"],
  ['dots to be kept', 'curl --path-as-is URL/a/./b/../c'],
  ['a user in the URL', 'curl http://us%65r:p%40w@BARE/x'],
  ['a method', 'curl -X DELETE URL/'],
  ['a method alone for a POST', 'curl -XPOST URL/'],
  ['HEAD with data for the query', 'curl -I -d a=b -G URL/'],
  ['a target of its own', "curl --request-target 'http://x/y#z' URL/a"],
  ['a target beside a query', "curl --request-target '*' --url-query a=b -G -d c=d URL/a"],
  ['HEAD', 'curl -I URL/'],
  ['data', "curl -d 'a=b' -d 'c=d e' URL/"],
  ['data that is empty', "curl -d '' URL/"],
  ['data with line ends', "curl -d $'a\\r\\nb\\n' URL/"],
  ['raw data that begins with @', "curl --data-raw '@/etc/passwd' URL/"],
  ['binary data', `curl --data-binary $'x\\xff\\n\\u00e9\\101\\t\\'' URL/`],
  [
    'data to be encoded',
    `curl --data-urlencode 'a b&=c' --data-urlencode '=x y/é' --data-urlencode "na me=v v~*()!'" URL/`,
  ],
  ['data to be encoded without a name', `curl --data-urlencode 'a b' URL/`],
  ['data for the query', "curl -G -d 'a=b' --data-urlencode 'q=a b' 'URL/p?z=1'"],
  ['data for a query that was empty', "curl --get --data-urlencode 'q=a b' URL/"],
  ['data to be encoded whose name has an @', "curl --data-urlencode 'user@home=1 2' URL/"],
  ['data to be encoded that begins with @', "curl --data-urlencode '@a=1@2' URL/"],
  ['data to be encoded from a pipe', "printf 'a b@=' | curl --data-urlencode n@- URL/"],
  ['a query', "curl --url-query 'user@home=1 2' --url-query '=a@b' --url-query +c=%41@ URL/?z"],
  ['a query from a pipe', "printf 'a b' | curl --url-query n@- --url-query x URL/"],
  ['a query beside data', "curl --url-query a=b -d c=d 'URL/?'"],
  ['a query beside data for the query', "curl --url-query a=b -G -d c=d 'URL/?z=1&'"],
  ['a query beside empty data for the query', "curl --url-query a=b -G -d '' URL/"],
  ['empty data for a query that there is', "curl -G -d '' 'URL/?x'"],
  ['a form that is to be got', 'curl -G -F a=b URL/'],
  ['JSON for the query', `curl --json '{"a":1}' -G URL/`],
  ['JSON for the query with a type of its own', "curl --json 1 -G -H 'Content-Type: a/b' URL/"],
  ['JSON in pieces', `curl --json '{"a":1}' --json '{"b":1}' URL/`],
  [
    'JSON with a type of its own',
    `curl --json '{}' -H 'Content-Type: application/x' -H 'X: 1' URL/`,
  ],
  [
    'a form',
    `curl -F a=1 -F 'b=x y;type=text/plain' -F 'c="q;r";filename="f\\"n"' --form-string 'd=@x;type=z' URL/`,
  ],
  [
    'a form whose type has parameters',
    `curl -F 'b={};type=application/json;charset=utf-8;filename=x.json' URL/`,
  ],
  ['a form with space around what it holds', `curl -F 'a= b ' -F 'c="d" ' -F 'e= "f" g' URL/`],
  [
    'a form with space around types and names',
    `curl -F 'a=b; type= text/plain ; charset=x ;filename= y ' -F 'c=d;headers= X: 1 ;type=a/b ' URL/`,
  ],
  ['a form with what looks like a file behind a space', `curl -F 'a= @b' -F 'c= <d' URL/`],
  ['a form without a name', 'curl -F =b URL/'],
  ['a user', 'curl -u me:pw:x URL/'],
  ['a user beside an Authorization', "curl -u me:pw -H 'Authorization: mine' URL/"],
  ['a user beside one of the URL', 'curl -u me:pw http://other:pw@BARE/'],
  ['a user for Digest, whatever comes first', 'curl --digest -u me:pw URL/'],
  ['a user of the URL for Digest', 'curl --digest http://me:pw@BARE/'],
  ['a user for whatever the server asks', 'curl -u me:pw --anyauth URL/'],
  ['a user for one of two schemes', 'curl --basic --digest -u me:pw URL/'],
  ['a user for Basic after all', 'curl --digest -u me:pw --basic --no-digest URL/'],
  ['a bearer beside a user', 'curl -u me:pw --oauth2-bearer tok URL/'],
  ['a bearer for one of two schemes', 'curl --oauth2-bearer tok --basic -u me:pw URL/'],
  ['a scheme without a user', 'curl --digest URL/'],
  ['a bearer', 'curl --oauth2-bearer tok URL/'],
  ['cookies', "curl -b 'a=1; b=2' -b c=3 URL/"],
  ['cookies beside a Cookie', "curl -b 'a=1' -H 'Cookie: z=9' URL/"],
  ['an agent, a referer, codings', "curl -A ua -e 'http://ref/;auto' --compressed URL/"],
  ['all that curl puts first', "curl -u a:b -e r -b c=d -A ua -H 'X: 1' -d e --compressed URL/"],
  ['a range', 'curl -r 0-5 URL/'],
  ['a range without an end', 'curl -r 5 URL/'],
  ['a range of what is sent', 'curl -r 0-1 -d abc URL/'],
  ['a range beside a form', 'curl -r 0-1 -F a=b URL/'],
  ['a header that is empty but for space', "curl -H 'A;  ' -H 'B;' URL/"],
  [
    'odd headers',
    "curl -H 'X-A:   spaced  ' -H 'Y;' -H 'Accept:' -H 'user-agent: z' -H 'X-B:v' -H 'x-a: 2' URL/",
  ],
  ['headers that are none', "curl -H nocolon -H '' -H 'Z: 1' URL/"],
  ['an empty Content-Type', "curl -H 'Content-Type;' -d abc URL/"],
  ['no Content-Type', "curl -H 'Content-Type:' -d abc URL/"],
  ['a Host', "curl -H 'Host: example.org' URL/"],
  ['letters joined to their values', "curl -XPUT -H'X-Foo: bar' -d1 -sS URL/"],
  [
    'values in double quotes',
    `curl -H "X: \\"q\\" \\\\ \\$ \\a" -d "a\\
b" URL/`,
  ],
  [
    'words over several lines',
    `curl URL/ \\
  -H 'A: 1' \\
  -d x`,
  ],
  ['bytes of UTF-8 that JavaScript takes for a space', 'curl URL/ -d voilà -H X:\u00a0y'],
  ['white space that is none to a shell', 'curl URL/ -d a\fb\vc\u00a0d'],
  ['CRLF in the command', 'curl URL/ -d x'],
  ['its body from printf', `printf '\\377\\000a%%\\n' | curl --data-binary @- URL/`],
  ['its body from echo', `echo 'a b' | curl -d @- URL/`],
  [
    'its body from a here-document',
    `curl --data-binary @- URL/ <<'EOF'
{
  "a": "$x"
}
EOF`,
  ],
  ['its body from a here-string', `curl -d @- URL/ <<< 'hello'`],
]

describe('imported from curl', () => {
  it.each(COMMANDS)('%s is what curl sends', async (_what, command) => {
    const server = await recording()
    await expectAsCurl(
      server,
      command.replaceAll('URL', server.origin).replaceAll('BARE', server.origin.slice(7)),
    )
  })

  it('whatever the words are', async () => {
    const server = await recording()
    const text = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((all) => all.replaceAll('\0', ''))
    const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`
    const value = text.map((all) => all.replace(/[\r\n]/g, ''))
    await fc.assert(
      fc.asyncProperty(text, value, text, async (body, header, encoded) => {
        const command = `curl ${server.origin}/x -H ${quote(`X-V: ${header}`)} --data-raw ${quote(body)} --data-urlencode ${quote(`n=${encoded}`)}`
        await expectAsCurl(server, command)
      }),
      { numRuns: 25, seed: SEED },
    )
  })
})

/** The same ones each time, so that what differs is found by whoever looks for it. */
const SEED = 4

/** Any of them beside any other, but that -H leaves nothing out that frames the body. */
const OPTIONS = `-d 'a=b' | -d '' | --data-raw '@x' | --data-urlencode 'k@=v w' | --json '{}' | -G
  | -F a=b | -F 'c= d ;type=x/y' | --form-string 'a=@b;type=c' | --url-query 'q=1 2'
  | -X PUT | -X GET | -I | --no-get | --request-target /rt | -r 0-1 | -r 5 | -L
  | -u a:b | -u ':' | --digest | --basic | --oauth2-bearer tok | -b 'c=d' | -b ''
  | -A '' | -A ua | -e r | -e ';auto' | -e '' | --compressed | --no-compressed | -sS
  | -H 'X: 1' | -H 'Accept:' | -H 'Content-Type: t/u' | -H 'Host: h' | -H 'Cookie: q'
  | -H 'Authorization: z' | -H 'Authorization:' | -H 'User-Agent;' | -H 'Referer: q'
  | -H 'Range: q' | -H 'accept-encoding: br' | -H 'Z : 1' | -H 'A;  ' | -H 'B:c '`.split(/\s+\|\s+/)

describe('options of curl', () => {
  it('together make what curl sends, or are refused as curl refuses them', async () => {
    const server = await recording()
    const chosen = fc.shuffledSubarray(OPTIONS, { minLength: 2, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(chosen, async (options) => {
        const command = `curl ${options.join(' ')} ${server.origin}/p`
        const [item] = fromCurl(command).items
        // What -I and a Digest ask for first has no body.
        // Of a form's own type there is a note.
        const isForm = options.some((option) => /^-F|^--form/.test(option))
        fc.pre(!isForm || !options.includes("-H 'Content-Type: t/u'"))
        fc.pre(
          !options.includes('--digest') || (item?.kind === 'request' && item.body.length === 0),
        )
        if (item?.kind === 'request') await expectAsCurl(server, command)
        else await expect(run(command)).rejects.toThrow('bash ended with 2')
      }),
      { numRuns: 60, seed: SEED },
    )
  })
})

describe('a part of a form', () => {
  it('is what curl sends, whatever it is', async () => {
    const server = await recording()
    const piece = fc.constantFrom(
      ...' ";\\ab/',
      ';type=',
      ';type=a/b',
      ';filename=',
      '; FileName="x\\"y"',
      ';headers=X: ',
      ';c=d',
      '"a;b"',
      '\t',
    )
    const part = fc.array(piece, { maxLength: 8 }).map((pieces) => `n=${pieces.join('')}`)
    await fc.assert(
      fc.asyncProperty(part, async (argument) => {
        const command = `curl -F '${argument}' ${server.origin}/`
        const [item] = fromCurl(command).items
        if (item?.kind === 'request') await expectAsCurl(server, command)
        else await expect(run(command)).rejects.toThrow('bash ended with 2')
      }),
      { numRuns: 60, seed: SEED },
    )
  })
})

function recorded(body: Uint8Array, headers: { name: string; value: string }[], path: string) {
  const { request } = buildRequest({
    url: `https://example.com:8443${path}`,
    headers,
    contentType: 'application/json',
    formEncoding: 'payload',
    formField: 'payload',
    jsonStyle: 'compact',
    payloadText: '{}',
    userAgent: 'Hookstage/1.0.0',
  })
  return { origin: request.origin, head: renderHead({ ...request, body }), body }
}

describe('what is exported as curl', () => {
  it('is the same request when it is imported, byte for byte', () => {
    const name = fc.stringMatching(/^X[!#$%&'*+.^_`|~0-9A-Za-z-]{1,8}$/)
    const character = fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code))
    const value = fc
      .string({ unit: character })
      .filter((text) => !text.includes('\x7f'))
      .map((text) => text.trim())
    const header = fc.record({ name, value })
    const path = fc.string({ unit: 'binary', maxLength: 12 })
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.string({ unit: 'grapheme' }).map((text) => new Uint8Array(Buffer.from(text))),
    )
    fc.assert(
      fc.property(fc.array(header, { maxLength: 4 }), path, body, (headers, rest, bytes) => {
        const original = recorded(bytes, headers, `/${rest.replace(/[\r\n\0#]/g, '')}`)
        const imported = onlyRequest(toCurl(original).command)
        expect(imported.origin).toBe(original.origin)
        expect(Buffer.from(imported.body).equals(original.body)).toBe(true)
        // An empty header is `Name;` there, and goes out without the space.
        const head = Buffer.from(original.head).toString('latin1')
        expect(Buffer.from(imported.head).toString('latin1')).toBe(
          head.replaceAll(/^([^:\r\n]+): \r$/gm, '$1:\r'),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('also where the request line holds what is no path', () => {
    const character = fc.integer({ min: 0x21, max: 0xff }).filter((code) => code !== 0x7f)
    const target = fc.oneof(
      fc.constantFrom('*', 'http://x/y', '/a#b'),
      fc
        .array(character, { minLength: 1, maxLength: 12 })
        .map((codes) => String.fromCharCode(...codes)),
    )
    fc.assert(
      fc.property(target, (text) => {
        const head = Buffer.from(`GET ${text} HTTP/1.1\r\nHost: example.com\r\n\r\n`, 'latin1')
        const original = { origin: 'https://example.com', head, body: Buffer.alloc(0) }
        const imported = onlyRequest(toCurl(original).command)
        expect(Buffer.from(imported.head).equals(head)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('also where the body takes several pieces', () => {
    const body = Buffer.alloc(250_000, '-\x00\xff')
    expect(
      Buffer.from(onlyRequest(toCurl(recorded(body, [], '/')).command).body).equals(body),
    ).toBe(true)
  })
})
