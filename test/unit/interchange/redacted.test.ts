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
