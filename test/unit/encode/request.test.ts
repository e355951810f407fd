import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endpointFault, parseEndpoint } from '../../../src-main/encode/endpoint.ts'
import { headerFault } from '../../../src-main/encode/headers.ts'
import { checkDraft } from '../../../src-main/encode/index.ts'
import { buildRequest, type RequestSpec, renderHead } from '../../../src-main/encode/request.ts'
import { AppError } from '../../../src-main/errors.ts'
import { draftWith } from '../../support/factories.ts'

function build(change: Partial<RequestSpec> = {}) {
  return buildRequest({
    url: 'http://127.0.0.1:4781/in/echo',
    headers: [],
    contentType: 'application/json',
    formEncoding: 'payload',
    formField: 'payload',
    jsonStyle: 'compact',
    payloadText: '{ "a": 1 }',
    userAgent: 'Hookstage/1.2.3',
    ...change,
  })
}

describe('a request', () => {
  it('has a head that names what the connection adds and keeps the user’s headers as they are', () => {
    const { request, headerOrigins } = build({
      headers: [
        { name: 'X-Twice', value: 'one' },
        { name: 'x-TWICE', value: '  two\t' },
        { name: 'X-Empty', value: '' },
      ],
    })
    expect(Buffer.from(renderHead(request)).toString()).toBe(
      [
        'POST /in/echo HTTP/1.1',
        'host: 127.0.0.1:4781',
        'connection: keep-alive',
        'Content-Type: application/json',
        'X-Twice: one',
        'x-TWICE: two',
        'X-Empty: ',
        'User-Agent: Hookstage/1.2.3',
        'Accept: */*',
        'content-length: 7',
        '',
        '',
      ].join('\r\n'),
    )
    expect(headerOrigins).toEqual(['hookstage', 'user', 'user', 'user', 'hookstage', 'hookstage'])
  })

  it('leaves its defaults out where the user has set them', () => {
    const { request } = build({
      headers: [
        { name: 'user-agent', value: 'mine' },
        { name: 'ACCEPT', value: 'text/html' },
      ],
    })
    expect(request.headers).toEqual([
      'Content-Type',
      'application/json',
      'user-agent',
      'mine',
      'ACCEPT',
      'text/html',
    ])
  })

  it('sends path and query as they were typed', () => {
    const { request } = build({ url: 'https://Example.COM:443/a/../b/./%7ec//?q=a+b&&x=%2f#frag' })
    expect(request).toMatchObject({
      origin: 'https://example.com',
      path: '/a/../b/./%7ec//?q=a+b&&x=%2f',
    })
    expect(parseEndpoint('http://bücher.example?x').path).toBe('/?x')
    expect(parseEndpoint('http://bücher.example/ü x').path).toBe('/%C3%BC%20x')
    expect(parseEndpoint('http://bücher.example').host).toBe('xn--bcher-kva.example')
    expect(parseEndpoint('http://[::1]:8080/').origin).toBe('http://[::1]:8080')
  })

  it('is refused where laying its payload out would burst memory', () => {
    const payloadText = `${'['.repeat(250)}${'1,'.repeat(200_000)}1${']'.repeat(250)}`
    expect(() => build({ payloadText, jsonStyle: 'pretty' })).toThrow(/64 MB/)
    expect(build({ payloadText }).request.body).toHaveLength(payloadText.length)
  })

  it('can never be split by what a user types', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.string(),
        (name, value, path) => {
          let head: string
          try {
            const { request } = build({
              url: `http://h.example/${path}`,
              headers: [{ name, value }],
            })
            head = Buffer.from(renderHead(request)).toString('latin1')
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
            return
          }
          expect(head.split('\r\n')).toHaveLength(10)
          expect(head.match(/[\r\n]/g)).toHaveLength(18)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('headers that cannot be sent', () => {
  it.each([
    ['', 'x', 'name', /name/],
    ['Host', 'x', 'name', /endpoint/],
    ['CONTENT-LENGTH', '5', 'name', /counted/],
    ['content-type', 'text/plain', 'name', /Content type field/],
    ['Transfer-Encoding', 'chunked', 'name', /length/],
    ['Connection', 'close', 'name', /manage/],
    ['Expect', '100-continue', 'name', /at once/],
    ['X A', 'x', 'name', /letters/],
    ['X-A:', 'x', 'name', /colon/],
    ['X-É', 'x', 'name', /letters/],
    ['X\r\nEvil', 'x', 'name', /line break/],
    ['X-A', 'a\r\nEvil: 1', 'value', /line break/],
    ['X-A', 'a\nb', 'value', /line break/],
    ['X-A', 'a\0b', 'value', /NUL/],
    ['X-A', 'snow ☃', 'value', /“☃”/],
    ['X-A', 'a\u200bb', 'value', /U\+200B/],
    ['X-A', 'token\n', 'value', /ends with a line break/],
  ])('%j: %j is refused at its %s', (name, value, part, message) => {
    const fault = headerFault(name, value)
    expect(fault?.part).toBe(part)
    expect(fault?.message).toMatch(message)
  })

  it('are not these', () => {
    for (const [name, value] of [
      ['X-A', 'é'],
      ['x_b.c~', 'a\tb'],
      ['Authorization', 'Bearer ü'],
      ['User-Agent', ''],
    ] as const) {
      expect(headerFault(name, value)).toBeNull()
    }
  })
})

describe('endpoints that cannot be sent to', () => {
  it.each([
    ['', /Enter the URL/],
    ['example.com/hook', 'Did you mean https://example.com/hook?'],
    ['//example.com', 'Did you mean https://example.com?'],
    ['localhost:3000', 'Did you mean http://localhost:3000?'],
    ['https:/example.com', 'Did you mean https://example.com?'],
    ['https//example.com', 'Did you mean https://example.com?'],
    ['http:example.com/a', 'Did you mean http://example.com/a?'],
    ['http:\\\\example.com\\a', 'Did you mean http://example.com/a?'],
    ['http:///example.com', 'Did you mean http://example.com?'],
    ['htps://example.com/?x', 'Did you mean https://example.com/…?'],
    ['https://https://example.com/', /twice/],
    ['/hook', /only a path/],
    ['ftp://example.com', /not ftp/],
    ['http://', /no host/],
    ['http', /^A URL begins with https:\/\/ or http:\/\/\.$/],
    ['http://:80/', /no host/],
    ['http://user:pw@example.com/', /header/],
    ['http://exa mple.com/', /space/],
    ['http://example.com:99999/', /65535/],
    ['http://example.com:0/', /no port 0/],
    ['http://example.com\\hook', /Write \//],
    ['http://::1/', /brackets/],
    ['http://a..b/', /not a host/],
    ['http://exa<mple/', /not a host/],
    ['http://a/\r\nX: y', /line break/],
  ])('%j', (url, message) => expect(endpointFault(url)?.message).toMatch(message))

  it('are told without what may be secret in them', () => {
    for (const url of [
      'hooks.slack.com/services/T0/B0/hushhushhushhushhushhush',
      'me:hush@example.com',
      'htp://x/hushhushhushhushhush',
      'https:/x?hush',
    ]) {
      expect(endpointFault(url)?.message).not.toContain('hush')
    }
  })

  it('are never let through to a request, whatever is typed', () => {
    const url = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((rest) => `http://${rest}`),
      fc.string().map((rest) => `https://h.example${rest}`),
    )
    fc.assert(
      fc.property(url, (text) => {
        if (endpointFault(text)) return
        const { origin, host, path } = parseEndpoint(text)
        expect(new URL(text).origin).toBe(origin)
        expect(new URL(origin).host).toBe(host)
        expect(path).toMatch(/^\/[\x21-\x7e]*$/)
        expect(path).not.toContain('#')
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a draft', () => {
  const texts = (endpoint: string, headers: Record<string, string> = {}) => ({
    endpoint,
    headers: new Map(Object.entries(headers)),
  })

  it('that is in order has no problems', () => {
    expect(checkDraft(draftWith(), texts('https://example.com/'))).toEqual([])
  })

  it('names each problem at its field, with a way out where there is one', () => {
    const draft = draftWith({
      event: 'attendee.created',
      contentType: 'application/x-www-form-urlencoded',
      formField: '',
      timeoutMs: 999,
      headers: [
        { rowId: 'a', name: 'Host', value: { kind: 'plain', text: 'x' } },
        { rowId: 'b', name: 'X-B', value: { kind: 'plain', text: 'x\ny' } },
      ],
      target: { join: 'all', conditions: [{ field: 'country', operator: 'is', values: [' '] }] },
    })
    const problems = checkDraft(draft, texts('http://u:p@example.com/', { a: 'x', b: 'x\ny' }))
    expect(problems.map(({ field, fix }) => [field, fix?.action ?? null])).toEqual([
      ['endpoint', 'move_credentials_to_header'],
      ['headers.a.name', 'remove_header'],
      ['headers.b.value', null],
      ['formField', null],
      ['timeoutMs', null],
      ['target.0', null],
    ])
    expect(problems.every(({ severity }) => severity === 'error')).toBe(true)
  })

  it('is offered to trim what is wrong at its ends only', () => {
    const draft = draftWith({
      contentType: 'application/x-www-form-urlencoded',
      formField: 'payload ',
      headers: [{ rowId: 'a', name: ' X-A ', value: { kind: 'plain', text: 'x\n' } }],
    })
    const problems = checkDraft(draft, texts(' https://example.com/ ', { a: 'x\n' }))
    expect(problems.map(({ field, severity, fix }) => [field, severity, fix?.action])).toEqual([
      ['headers.a.value', 'error', 'trim'],
      ['formField', 'warning', 'trim'],
    ])
  })

  it('is only warned of a fragment', () => {
    expect(checkDraft(draftWith(), texts('https://example.com/#x'))).toMatchObject([
      { field: 'endpoint', severity: 'warning' },
    ])
  })
})
