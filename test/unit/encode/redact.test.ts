import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildRequest,
  inspectMessage,
  maskHead,
  maskSecrets,
  renderHead,
} from '../../../src-main/encode/index.ts'

const SECRET = 'sEcr3t/with "odd" chars+ü'

function view(
  head: string,
  body: Uint8Array,
  change: { secrets?: string[]; limitBytes?: number } = {},
) {
  return inspectMessage({
    head: Buffer.from(head.replaceAll('\n', '\r\n'), 'latin1'),
    body,
    bodyBytes: body.length,
    limitBytes: change.limitBytes ?? null,
    secrets: change.secrets ?? [SECRET],
  })
}

/** All text that a view holds, its raw bytes among it. */
function everythingIn(shown: ReturnType<typeof view>): string {
  return JSON.stringify(shown) + Buffer.from(shown.body.base64, 'base64').toString('latin1')
}

const WRITERS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in a URL': encodeURIComponent,
  'in a URL, lower case': (text) =>
    encodeURIComponent(text).replace(/%../g, (percent) => percent.toLowerCase()),
  'in a form': (text) => new URLSearchParams({ text }).toString(),
  'in JSON': (text) => JSON.stringify(text),
  'in JSON as PHP writes it': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'in JSON as Python writes it': (text) => JSON.stringify(text).replace('ü', '\\u00fc'),
  'in JSON in a form': (text) =>
    new URLSearchParams({ payload: JSON.stringify({ text }) }).toString(),
}

describe('a secret', () => {
  it.each(Object.entries(WRITERS))('is hidden %s', (_name, write) => {
    const bytes = Buffer.from(write(SECRET))
    expect(bytes.toString()).toMatch(/sEcr3t/)
    const shown = view('POST / HTTP/1.1\n\n', bytes)
    expect(everythingIn(shown)).not.toMatch(/sEcr3t|odd/)
    expect(shown.hasSecrets).toBe(true)
    expect(shown.bodyBytes).toBe(bytes.length)
    expect(Buffer.from(shown.body.base64, 'base64')).toHaveLength(bytes.length)
  })

  it('is hidden in headers as Latin-1 and as UTF-8', () => {
    for (const encoding of ['latin1', 'utf8'] as const) {
      const head = Buffer.from(`GET / HTTP/1.1\r\nX-Mine: ${SECRET}\r\n\r\n`, encoding)
      const body = Buffer.alloc(0)
      const recorded = { head, body, bodyBytes: 0, limitBytes: null, secrets: [SECRET] }
      expect(JSON.stringify(inspectMessage(recorded))).not.toMatch(/sEcr3t|odd/)
      const masked = Buffer.from(maskHead(head, [SECRET]))
      expect(masked.toString('latin1')).not.toMatch(/sEcr3t|odd/)
      expect(masked).toHaveLength(head.length)
    }
  })

  it('of a URL is hidden as the request line carries it, and decoded as a receiver answers it', () => {
    const typed = 'a b/ü%2Fc'
    const { request } = buildRequest({
      url: `https://example.com/?token=${typed}`,
      headers: [],
      contentType: 'application/json',
      formEncoding: 'payload',
      formField: 'payload',
      jsonStyle: 'compact',
      payloadText: '{}',
      userAgent: 'x',
    })
    const head = Buffer.from(renderHead(request)).toString('latin1')
    expect(head).toContain('?token=a%20b/%C3%BC%2Fc ')
    const shown = view(head.replaceAll('\r\n', '\n'), Buffer.from('{"got":"a b/ü/c"}'), {
      secrets: [typed],
    })
    expect(shown.startLine).toBe('POST /?token=•••••••• HTTP/1.1')
    expect(shown.body.text).toBe('{"got":"••••••••"}')
  })

  it('is hidden where a name or a content type would be', () => {
    const secrets = ['abcd1234']
    const type = 'application/x-www-form-urlencoded; x=abcd1234'
    const shown = view(
      `P\nabcd1234\nContent-Type: ${type}\n\n`,
      Buffer.from('abcd1234=1&b=%7B%22abcd1234%22:2%7D'),
      { secrets },
    )
    expect(everythingIn(shown)).not.toContain('abcd1234')
    expect(shown.body.form).toMatchObject([{ name: '••••••••' }, { json: /••••••••/ }])
    const coded = view('P\nContent-Encoding: abcd1234\n\n', Buffer.from('x'), { secrets })
    expect(everythingIn(coded)).not.toContain('abcd1234')
  })

  it('that looks like a number leaves JSON that can still be laid out', () => {
    const { body } = view('P\n\n', Buffer.from('{"pin":12345678,"b":[1]}'), {
      secrets: ['12345678'],
    })
    expect(body.pretty).toBe('{\n  "pin": ••••••••,\n  "b": [\n    1\n  ]\n}')
  })

  it('is not half shown where a large body is cut', () => {
    const body = Buffer.from('x'.repeat(90) + SECRET + 'y'.repeat(90))
    for (let limitBytes = 85; limitBytes < 125; limitBytes++) {
      const shown = view('P\n\n', body, { limitBytes })
      expect(everythingIn(shown)).not.toMatch(/sE|odd|ars/)
      expect(shown.body.text?.startsWith('x'.repeat(85))).toBe(true)
    }
  })

  it('is not given away by compressed bytes', () => {
    const bytes = gzipSync(Buffer.from(JSON.stringify({ a: SECRET })))
    const shown = view('H\nContent-Encoding: gzip\n\n', bytes)
    expect(shown.body.text).toBe('{"a":"••••••••rs+ü"}')
    expect(Buffer.from(shown.body.base64, 'base64').toString()).toBe('*'.repeat(bytes.length))
    expect(shown.body.note).toMatch(/hidden/)
  })

  it('is hidden though its last characters mean something to a replacement', () => {
    for (const tail of ['-$&x', '$`y1', "$'y1", '$$$$']) {
      const secret = `correct-horse-battery${tail}`
      const shown = view('P\n\n', Buffer.from(`before ${secret} after`), { secrets: [secret] })
      expect(shown.body.text).toBe(`before ••••••••${tail} after`)
    }
  })

  it('is looked for in a form of thousands of fields without holding anything up', () => {
    const secrets = Array.from({ length: 20 }, (_, i) => `Bearer tok-${i}/abc+def=${i}`)
    const head = 'P\nContent-Type: application/x-www-form-urlencoded\n\n'
    const startedMs = performance.now()
    const { form } = view(head, Buffer.from('a=1&'.repeat(1_500)), { secrets }).body
    expect(form).toHaveLength(1_500)
    // Spelling every secret anew for each field took four seconds.
    expect(performance.now() - startedMs).toBeLessThan(1_000)
  })

  it('leaves everything else as it was, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (before, after) => {
        const bytes = Buffer.concat([before, Buffer.from('QqQq1234'), after])
        const masked = Buffer.from(maskSecrets(bytes, ['QqQq1234']))
        expect(masked.subarray(0, before.length).equals(before)).toBe(true)
        expect(masked.subarray(before.length + 8).equals(after)).toBe(true)
        expect(masked.toString('latin1')).toContain('********')
      }),
    )
  })
})

describe('a message head', () => {
  it('of a head begin with any byte, also with one that JavaScript takes for a space', () => {
    const head = Buffer.from(
      'GET / HTTP/1.1\r\nX-Token: \xa0a\r\nAuthorization: Bearer \xa0b\r\n\r\n',
      'latin1',
    )
    expect(Buffer.from(maskHead(head, [])).toString('latin1')).toBe(
      'GET / HTTP/1.1\r\nX-Token: **\r\nAuthorization: Bearer **\r\n\r\n',
    )
  })

  it('hides sensitive values over folded lines too, keeping its length', () => {
    const head = Buffer.from(
      'P\r\nX-Api-Key: one\r\n two: x\r\nOcp-Apim-Subscription-Key: k\r\nX-Plain: p\r\n\r\n',
    )
    expect(Buffer.from(maskHead(head, [])).toString()).toBe(
      'P\r\nX-Api-Key: ***\r\n ******\r\nOcp-Apim-Subscription-Key: *\r\nX-Plain: p\r\n\r\n',
    )
  })

  it('hides every word of a sensitive value but the name of its scheme', () => {
    const head = Buffer.from('P\r\nX-Api-Key: correct horse\r\nAuthorization: Bearer x y\r\n\r\n')
    expect(Buffer.from(maskHead(head, [])).toString()).toBe(
      'P\r\nX-Api-Key: *************\r\nAuthorization: Bearer ***\r\n\r\n',
    )
  })

  it('shows keys that only tell requests apart', () => {
    const head = 'P\nIdempotency-Key: abc\nX-Monkey: d\nX-Api-Key:\n\n'
    const { headers } = view(head, Buffer.alloc(0))
    expect(headers.map(({ masked }) => masked)).toEqual([false, false, false])
  })
})
