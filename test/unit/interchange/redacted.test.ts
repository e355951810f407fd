/** What leaves in an export holds nothing secret, and is otherwise what it was. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redacted } from '../../../src-main/interchange/redacted.ts'

const URL_ = 'https://example.com/hook'

function sent(headers: string, body: string | Uint8Array, url = URL_, secrets: string[] = []) {
  const head = Buffer.from(
    `POST ${url.slice('https://example.com'.length)} HTTP/1.1\r\n${headers}\r\n\r\n`,
    'latin1',
  )
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const shown = redacted({ head, body: bytes }, url, secrets)
  expect([shown.head.length, shown.body.length]).toEqual([head.length, bytes.length])
  return {
    head: Buffer.from(shown.head).toString('latin1'),
    body: Buffer.from(shown.body).toString('utf8'),
    isMasked: shown.isMasked,
  }
}

const secretText = fc.stringMatching(/^[A-Za-z0-9+/=_.~-]{6,20}$/).map((text) => `S3cr3t${text}`)

describe('an export without secrets', () => {
  it('leaves alone what is not secret', () => {
    const body = '{"type":"poll.created","code":"EN","key":"a","n":1.0,"tokens":0}'
    const shown = sent('Content-Type: application/json\r\nX-Hub-Signature-256: sha256=00', body)
    expect(shown).toMatchObject({ body, isMasked: false })
  })

  it('masks as many parameters as a URL may have', () => {
    const url = `https://x.example/?${'token=S3cr3t&'.repeat(200_000)}`
    const shown = sent('Content-Type: text/plain', url)
    expect([shown.isMasked, shown.body.includes('S3cr3t')]).toEqual([true, false])
  })

  it('looks through quotes of any length, and hides a form of too many fields whole', () => {
    const text = `"${'x'.repeat(20_000_000)}" and "token": "S3cr3t"`
    const long = sent('Content-Type: text/plain', text)
    expect([long.isMasked, long.body.endsWith('"token": "******"')]).toEqual([true, true])
    const form = `${'a=1&'.repeat(100_000)}token=S3cr3t`
    const many = sent('Content-Type: application/x-www-form-urlencoded', form)
    expect([many.isMasked, /[^*]/.test(many.body)]).toEqual([true, false])
  })

  it('hides an answer whole to what was too much to be looked through', () => {
    const head = Buffer.from(
      'POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n',
    )
    const body = Buffer.from(`token=S3cr3tValue&${'a=1&'.repeat(100_001)}`)
    const { texts } = redacted({ head, body }, URL_, [])
    expect(texts).toBeNull()
    const answer = {
      head: Buffer.from('HTTP/1.1 200 OK\r\n\r\n'),
      body: Buffer.from('S3cr3tValue'),
    }
    const shown = redacted(answer, null, [], texts)
    expect(Buffer.from(shown.body).toString()).toBe('***********')
  })

  it('masks by names of any length in JSON that is not whole', () => {
    const shown = sent('Content-Type: text/plain', `{"${'x'.repeat(5_000)}_token": "S3cr3t", oops`)
    expect([shown.isMasked, shown.body.includes('S3cr3t')]).toEqual([true, false])
  })

  it('masks parameters of the URL, there and in other headers', () => {
    const shown = sent(
      'Referer: https://example.com/a?sig=OtherS3cr3t&x=1\r\nX-Copy: tS3cr3t',
      '',
      `${URL_}?token=tS3cr3t&page=2`,
    )
    expect(shown.head).toBe(
      'POST /hook?token=*******&page=2 HTTP/1.1\r\nReferer: https://example.com/a?sig=***********&x=1\r\nX-Copy: *******\r\n\r\n',
    )
  })

  it.each(['token[0]', 'user[token][0]', 'user[token][]', 'list[0][token]'])(
    'masks the field %s of a form',
    (name) => {
      const { body } = sent('Content-Type: application/x-www-form-urlencoded', `${name}=tS3cr3t`)
      expect(body).toBe(`${name}=*******`)
    },
  )

  it.each([
    ['names of brackets', `${'token['.repeat(100_000)}=1`],
    ['secrets', Array.from({ length: 60_000 }, (_, n) => `token=tS3cr3t-/${n}`).join('&')],
  ])('reads a form of many %s in bounded work, and hides it', (_, form) => {
    // Quadratic time would be minutes.
    const { body } = sent('Content-Type: application/x-www-form-urlencoded', form)
    expect(body).not.toMatch(/S3cr3t|=1/)
  })

  it('masks by the name of a member, however deep, and keeps the JSON whole', () => {
    fc.assert(
      fc.property(secretText, fc.integer({ min: 1000 }), (secret, pin) => {
        const value = {
          user: { password: secret, ok: 'shown' },
          list: [{ api_key: [secret, pin] }],
        }
        const nested = { text: JSON.stringify({ access_token: secret }) }
        const { body } = sent(
          'Content-Type: application/json',
          JSON.stringify({ value, nested }, null, 1),
        )
        expect(body).not.toContain(secret)
        expect(body).not.toContain(String(pin))
        expect(JSON.parse(body)).toMatchObject({ value: { user: { ok: 'shown' } } })
      }),
    )
  })

  it('masks fields of a form, parts of a form, and JSON within them', () => {
    fc.assert(
      fc.property(secretText, (secret) => {
        const fields = new URLSearchParams({
          a: '1',
          'user[password]': secret,
          payload: JSON.stringify({ client_secret: secret }),
        })
        const form = sent('Content-Type: application/x-www-form-urlencoded', fields.toString())
        const plain = decodeURIComponent(form.body.replaceAll('+', ' '))
        expect(plain).not.toContain(secret)
        expect(plain).toMatch(/^a=1&user\[password\]=\*+&payload=\{"client_secret":"\*+"\}$/)
        const part = (name: string, value: string) =>
          `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
        const body = `${part('a', '1')}${part('token', secret)}${part('json', `{"secret":"${secret}"}`)}--b--\r\n`
        const parts = sent('Content-Type: multipart/form-data; boundary=b', body)
        expect(parts.body).not.toContain(secret)
        expect(parts.body).toContain('name="token"')
      }),
    )
  })

  it('masks all of a compressed body that holds something secret, and none of another', () => {
    const headers = 'Content-Type: application/json\r\nContent-Encoding: gzip'
    expect(sent(headers, gzipSync('{"password":"hunter22"}')).body).toMatch(/^\*+$/)
    expect(sent(headers, gzipSync('{"a":1}')).isMasked).toBe(false)
  })

  it('masks URLs of chats in a body, with escaped slashes too', () => {
    const url = 'https://hooks.slack.com/services/T000/B000/abcdefS3cr3t'
    const { body } = sent('Content-Type: text/plain', `${url} ${url.replaceAll('/', '\\/')}`)
    expect(body).not.toContain('S3cr3t')
    expect(body).toContain('hooks.slack.com/services/T000/B000/')
  })

  it.each([
    ['UTF-8', 'application/json'],
    ['aws-chunked', 'application/json'],
    ['none', ''],
  ])('looks through what has the coding %s, which is none', (coding, type) => {
    const headers = `Content-Type: ${type}\r\nContent-Encoding: ${coding}`
    const shown = sent(headers, '{"password":"hunter2222"}')
    expect(shown).toMatchObject({ body: '{"password":"**********"}', isMasked: true })
    expect(sent(headers, '{"a":1}').isMasked).toBe(false)
  })

  it('looks through the chunks of aws-chunked', () => {
    const chunks =
      '19;chunk-signature=00\r\n{"password":\n"hunter2222"}\r\n0;chunk-signature=00\r\n'
    expect(sent('Content-Encoding: aws-chunked', chunks).body).not.toContain('hunter')
  })

  it('hides all of a body whose coding cannot be undone', () => {
    const coded = (coding: string, body: string | Uint8Array) =>
      sent(`Content-Type: application/json\r\nContent-Encoding: ${coding}`, body).body
    const secret = '{"password":"hunter2222"}'
    expect(coded('gzip', secret)).toMatch(/^\*+$/)
    expect(coded('br, aws-chunked', 'abc')).toBe('***')
    expect(coded('gzip,gzip,gzip,gzip,gzip', 'abc')).toBe('***')
    expect(coded('snappy', Buffer.from([0xff, 0, 1]))).toBe('***')
    const large = gzipSync(
      Buffer.concat([Buffer.alloc(11 * 1024 * 1024, ' '), Buffer.from(secret)]),
    )
    expect(coded('gzip', large)).toMatch(/^\*+$/)
  })

  const deep = (inner: string) => `${'{"a":['.repeat(300)}${inner}${']}'.repeat(300)}`
  it.each([
    ['NDJSON', '{"a":1}\n{"password":"hunter22"}\n', '{"a":1}\n{"password":"********"}\n'],
    [
      'JSON with text behind it',
      '{"pin":1,"secret":12345678} ok',
      '{"pin":1,"secret":11111111} ok',
    ],
    [
      'JSON that is cut off',
      '{"secret":{"a":["hunter22',
      '{"secret":****************'.slice(0, 25),
    ],
    ['a list beside text', 'x {"token":["hunter22", 5]}', 'x {"token":["********", 1]}'],
    [
      'JSON as a string',
      '"{\\"password\\":\\"hunter22\\",\\"n\\":1}"',
      '"{\\"password\\":\\"********\\",\\"n\\":1}"',
    ],
    ['deep JSON', deep('{"password":"hunter22"}'), deep('{"password":"********"}')],
    ['escaped names', 'x {"pass\\u0077ord":"hunter\\"22"}', 'x {"pass\\u0077ord":"**********"}'],
    [
      'JSON in a string of text',
      'log: "{\\"secret\\":\\"hunter22\\"}"',
      'log: "{\\"secret\\":\\"********\\"}"',
    ],
    ['authorization', '{"Authorization":"Bearer hunter22"}', '{"Authorization":"***************"}'],
    ['a form without a type', 'a=1&token=hunter22', 'a=1&token=********'],
    ['a pair in text', 'the token=hunter22 is', 'the token=******** is'],
    ['a hash', "{'password' => 'hunter22'}", "{'password' => '********'}"],
    ['nested numbers', '{"a":"{\\"secret\\":12345678}"}', '{"a":"{\\"secret\\":11111111}"}'],
  ])('masks in %s', (_, body, shown) => {
    for (const type of ['', 'text/plain', 'application/json', 'application/x-ndjson'])
      expect(sent(`Content-Type: ${type}`, body).body).toBe(shown)
    expect(sent('X: 1', body).body).toBe(shown)
  })

  it('masks numbers of JSON in fields and parts, whatever their names in quotes or not', () => {
    const form = 'Content-Type: application/x-www-form-urlencoded'
    expect(sent(form, 'payload={"secret":12345678,"n":1}').body).toBe(
      'payload={"secret":11111111,"n":1}',
    )
    expect(sent(form, `payload=${encodeURIComponent('{"secret":123}')}`).body).toBe(
      `payload=${encodeURIComponent('{"secret":111}')}`,
    )
    const part = (name: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name=${name}\r\n\r\n${value}\r\n--b--\r\n`
    const parts = 'Content-Type: multipart/form-data; boundary=b'
    expect(sent(parts, part('password', 'hunter22')).body).toBe(part('password', '********'))
    expect(sent(parts, part('json', '{"secret":12345678}')).body).toBe(
      part('json', '{"secret":11111111}'),
    )
    expect(sent(parts, part('log', 'token=hunter22')).body).toBe(part('log', 'token=********'))
  })

  it('masks nested JSON of any text to the byte, in every spelling', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.boolean(), (secret, isForm) => {
        const inner = JSON.stringify({ n: 1, password: secret, after: 'shown' })
        const [type, body] = isForm
          ? [
              'application/x-www-form-urlencoded',
              new URLSearchParams({ payload: inner }).toString(),
            ]
          : ['application/json', JSON.stringify({ payload: inner })]
        const shown = sent(`Content-Type: ${type}`, body).body
        const payload = isForm
          ? new URLSearchParams(shown).get('payload')
          : JSON.parse(shown).payload
        const { password, ...rest } = JSON.parse(payload)
        expect(password).toMatch(/^\*+$/)
        expect(rest).toMatchObject({ n: 1 })
      }),
      { numRuns: 50 },
    )
  })

  it('masks URLs of chats and credentials of URLs in headers, and in the body then', () => {
    const url = 'https://hooks.slack.com/services/T000/B000/abcdefS3cr3t'
    const shown = sent(
      `Location: ${url}\r\nReferer: https://user:pw@example.com/a\r\nX: amqp://u:p@h`,
      'at abcdefS3cr3t',
    )
    expect(shown.head).not.toMatch(/S3cr3t|user|pw|u:p/)
    expect(shown.head).toContain('https://*******@example.com/a')
    expect(shown.body).toBe('at ************')
  })

  it('hides all of a body with more URLs than are looked at, and none of one with many', () => {
    const urls = (count: number) => 'https://example.com/a '.repeat(count)
    expect(sent('Content-Type: text/html', urls(20_000)).isMasked).toBe(false)
    const secret = 'https://hooks.slack.com/services/T000/B000/abcdefS3cr3t'
    expect(sent('Content-Type: text/html', urls(50_001) + secret).body).toMatch(/^\*+$/)
  })

  it('hides all of a body with more strings that may be JSON than are looked into', () => {
    const strings = (count: number) => `[${'"[1]",'.repeat(count)}"{\\"token\\":\\"abcd\\"}"]`
    expect(sent('Content-Type: application/json', strings(99_000)).body).toContain('"[1]","{')
    expect(sent('Content-Type: application/json', strings(99_000)).body).not.toContain('abcd')
    expect(sent('Content-Type: application/json', strings(100_001)).body).toMatch(/^\*+$/)
  })

  it('hides all of a body with a secret of megabytes', () => {
    // In each of its spellings, 25 MB of it would be looked for for half a minute.
    const url = 'https://hooks.slack.com/services/T1/B1/'.repeat(640_000)
    expect(sent('Content-Type: text/plain', url).body).toMatch(/^\*+$/)
  })

  it('masks in an answer what was found in its request', () => {
    const head = Buffer.from('POST / HTTP/1.1\r\nContent-Type: application/json\r\n\r\n')
    const body = Buffer.from('{"password":"hunter22","secret":87654321,"pin":{"token":12}}')
    const { texts } = redacted({ head, body }, URL_, [])
    const answer = {
      head: Buffer.from('HTTP/1.1 200 OK\r\nX-Seen: hunter22\r\n\r\n'),
      body: Buffer.from('you said hunter22 and 87654321, 12'),
    }
    const shown = redacted(answer, null, [], texts)
    expect(Buffer.from(shown.head).toString()).toContain('X-Seen: ********')
    expect(Buffer.from(shown.body).toString()).toBe('you said ******** and ********, 12')
  })

  it.each([
    ['quotes', '"'],
    ['names', '"token":"'],
    ['backslashes', '"\\'],
    ['brackets', '"token":['],
    ['pairs', 'token=a '],
    ['letters', 'tokentoken'],
    ['URLs', 'https://a:b@c/ '],
  ])('looks through many %s in bounded work', (_, text) => {
    // Quadratic time would be minutes.
    sent('Content-Type: text/plain', text.repeat(200_000))
  })

  it('reads any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.constantFrom(
          'application/json',
          'multipart/form-data; boundary=x',
          'application/x-www-form-urlencoded',
        ),
        (bytes, type) => {
          sent(`Content-Type: ${type}`, bytes)
        },
      ),
    )
  })
})
