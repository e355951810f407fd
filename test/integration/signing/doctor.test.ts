/**
 * The doctor on requests that are really broken: sent and signed by the real dispatcher, or by a
 * sender that makes the mistake, changed on the way where that is the mistake, recorded as raw bytes
 * at their end, and pasted.
 */
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  type Diagnosis,
  type DiagnosisRequest,
  emptySigning,
  type OwnSigning,
  type SecretText,
  type Signing,
  type SigningScheme,
  type WebhookDraft,
} from '#contract'
import { generateSecret } from '../../../src-main/signing/index.ts'
import { draftWith } from '../../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'
import { startWireServer } from '../../support/wire-server.ts'

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'
const FORM = 'application/x-www-form-urlencoded'

const secretText = (text: string): SecretText => ({ kind: 'secret', text })

interface Sent {
  readonly client: CoreClient
  readonly secret: string
  readonly attemptId: string
  readonly head: string
  readonly body: Buffer
}

/** One event, signed, over a socket. */
async function sent(
  scheme: SigningScheme,
  change: Partial<WebhookDraft> & { own?: Partial<OwnSigning>; secret?: string } = {},
): Promise<Sent> {
  const { own, secret = generateSecret(scheme).secret, ...draft } = change
  const { client } = await openTestCore()
  const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
  const signing: Signing = {
    ...emptySigning(),
    scheme,
    secret: secretText(secret),
    own: { ...emptySigning().own, ...own },
  }
  const endpoint = { kind: 'plain', text: `${server.origin}/in` } as const
  const saved = await client.webhook.save({
    webhookId: null,
    draft: draftWith({ name: 'Partner', event: 'attendee.created', endpoint, signing, ...draft }),
  })
  const fired = await client.webhook.fireSample({ webhookId: saved.id, seed: 4 })
  const [delivery] = await ended(client, fired.deliveries)
  const [request] = server.requests
  const attemptId = delivery?.attemptList[0]?.id
  if (!request || !attemptId) throw new Error('nothing was sent')
  return { client, secret, attemptId, head: request.head.toString('latin1'), body: request.body }
}

/** Sends bytes over a socket as a middleman would, and answers them as they arrived, raw. */
async function forwarded(headers: Record<string, string>, body: string | Buffer): Promise<string> {
  const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
  await fetch(`${server.origin}/hook`, {
    method: 'POST',
    headers,
    body: new Uint8Array(Buffer.from(body)),
  })
  return server.requests[0]?.bytes.toString('utf8') ?? ''
}

function headersOf(head: string): Record<string, string> {
  const managed = new Set(['host', 'connection', 'content-length'])
  const lines = head.trim().split('\r\n').slice(1)
  const pairs = lines.map((line) => /^([^:]+): (.*)$/.exec(line)?.slice(1) ?? [])
  return Object.fromEntries(pairs.filter(([name = '']) => !managed.has(name.toLowerCase())))
}

async function diagnosed(
  client: CoreClient,
  text: string,
  scheme: SigningScheme,
  secret: string,
  own?: Partial<OwnSigning>,
): Promise<Diagnosis> {
  const request: DiagnosisRequest = {
    request: { kind: 'pasted', text },
    scheme,
    secret: secretText(secret),
    ...(own ? { own: { ...emptySigning().own, ...own } } : {}),
  }
  const diagnosis = await client.signing.diagnose(request)
  const shown = JSON.stringify(diagnosis)
  if (secret.length > 8) expect(shown).not.toContain(secret)
  return diagnosis
}

/** The last thing that was tried is what made it match. */
function matching({ tried }: Diagnosis): string {
  expect(tried.slice(0, -1).every(({ matches }) => !matches)).toBe(true)
  expect(tried.at(-1)?.matches).toBe(true)
  return tried.at(-1)?.what ?? ''
}

describe('a request that is right', () => {
  it.each(['standard', 'standard_ed25519', 'github', 'stripe', 'slack', 'webex', 'teams'] as const)(
    'is told so, pasted and recorded: %s',
    async (scheme) => {
      const { client, secret, attemptId, head, body } = await sent(scheme)
      const pasted = await diagnosed(client, head + body.toString(), scheme, secret)
      expect(pasted).toMatchObject({ code: 'valid', tried: [{ matches: true }] })
      const recorded = await client.signing.diagnose({
        request: { kind: 'attempt', attemptId },
        scheme,
        secret: secretText(''),
      })
      expect(recorded.code).toBe('valid')
      expect(recorded.title).toContain('of “Partner”')
    },
  )

  it('may be pasted without a start line, with LF in its head, and space before it', async () => {
    const { client, secret, head, body } = await sent('standard')
    const lean = head.split('\r\n').slice(1).join('\n')
    const pasted = await diagnosed(client, `\n\n${lean}${body.toString()}`, 'standard', secret)
    expect(pasted.code).toBe('valid')
  })

  it('is verified with the public key alone', async () => {
    const { secret, publicKey } = generateSecret('standard_ed25519')
    const { client, head, body } = await sent('standard_ed25519', { secret })
    const text = head + body.toString()
    expect((await diagnosed(client, text, 'standard_ed25519', publicKey ?? '')).code).toBe('valid')
    const other = generateSecret('standard_ed25519').publicKey ?? ''
    // The workspace still has the right one.
    expect((await diagnosed(client, text, 'standard_ed25519', other)).code).toBe('other_secret')
  })
})

describe('a body that was changed on the way', () => {
  it.each<readonly [Diagnosis['code'], string, Partial<WebhookDraft>, (body: string) => string]>([
    [
      'body_reserialised',
      'two spaces',
      { jsonStyle: 'pretty' },
      (b) => JSON.stringify(JSON.parse(b)),
    ],
    ['body_reserialised', 'compactly', {}, (b) => JSON.stringify(JSON.parse(b), null, 2)],
    [
      'body_reserialised',
      'compactly',
      {},
      (b) =>
        b
          .replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .replaceAll('/', '\\/'),
    ],
    [
      'body_reserialised',
      'fields encoded anew',
      { contentType: FORM, formEncoding: 'flat' },
      (b) => b.replaceAll('+', '%20'),
    ],
    ['body_reserialised', 'without the byte order mark', {}, (b) => `\ufeff${b}`],
    ['body_trailing_newline', 'without the line break', {}, (b) => `${b}\n`],
    ['body_trailing_newline', 'without the line break', {}, (b) => `${b}\r\n`],
    ['body_line_ends', 'LF', { jsonStyle: 'pretty' }, (b) => b.replaceAll('\n', '\r\n')],
    [
      'body_line_ends',
      'none at its end',
      { jsonStyle: 'pretty' },
      (b) => `${b.replaceAll('\n', '\r\n')}\r\n`,
    ],
    ['body_form_or_json', 'payload', {}, (b) => new URLSearchParams({ payload: b }).toString()],
  ])('is %s: %s', async (code, words, change, breaks) => {
    const { client, secret, head, body } = await sent('github', change)
    const text = await forwarded(headersOf(head), breaks(body.toString()))
    const diagnosis = await diagnosed(client, text, 'github', secret)
    expect(diagnosis.title).toContain(words)
    expect(diagnosis.code).toBe(code)
    expect(matching(diagnosis)).toContain(words)
  })
})

/** What a sender that makes a mistake of its own puts into the header of GitHub's scheme. */
function signedByHand(key: string | Buffer, body: string): Record<string, string> {
  const digest = createHmac('sha256', key).update(body).digest('hex')
  return { 'Content-Type': 'application/json', 'X-Hub-Signature-256': `sha256=${digest}` }
}

describe('a sender that makes a mistake', () => {
  it('signs the JSON and sends a form', async () => {
    const { client } = await openTestCore()
    const json = '{"name":"Zoë","tags":["a"]}'
    const form = new URLSearchParams({ name: 'Zoë', tags: '["a"]' }).toString()
    const headers = { ...signedByHand('s3cret', json), 'Content-Type': FORM }
    const diagnosis = await diagnosed(client, await forwarded(headers, form), 'github', 's3cret')
    expect(diagnosis.code).toBe('body_form_or_json')
    expect(matching(diagnosis)).toContain('the JSON of its fields')
  })

  it('signs the form and sends JSON', async () => {
    const { client } = await openTestCore()
    const json = '{"name":"Zoë","tags":["a"]}'
    const form = new URLSearchParams({ payload: json }).toString()
    const text = await forwarded(signedByHand('s3cret', form), json)
    expect((await diagnosed(client, text, 'github', 's3cret')).code).toBe('body_form_or_json')
  })

  it.each([
    ['the secret as text, not decoded', (secret: string) => secret],
    ['its prefix removed', (secret: string) => secret.slice(6)],
    ['prefix and all', (secret: string) => Buffer.from(secret, 'base64')],
  ])('takes for the key %s', async (words, keyOf) => {
    const { client } = await openTestCore()
    const { secret } = generateSecret('standard')
    const now = Math.floor(Date.now() / 1000)
    const digest = createHmac('sha256', keyOf(secret)).update(`msg_1.${now}.{}`).digest('base64')
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(now),
      'webhook-signature': `v1,${digest}`,
    }
    const diagnosis = await diagnosed(client, await forwarded(headers, '{}'), 'standard', secret)
    expect(diagnosis.code).toBe('key_encoding')
    expect(matching(diagnosis)).toContain(words)
    expect(diagnosis.advice).toContain('base64')
  })

  it('decodes a secret that is meant as text', async () => {
    const { client } = await openTestCore()
    const { secret } = generateSecret('github')
    const text = await forwarded(signedByHand(Buffer.from(secret, 'hex'), '{}'), '{}')
    const diagnosis = await diagnosed(client, text, 'github', secret)
    expect(diagnosis.code).toBe('key_encoding')
    expect(matching(diagnosis)).toContain('hexadecimal')
    const spaced = await forwarded(signedByHand('s3cret\n', '{}'), '{}')
    expect((await diagnosed(client, spaced, 'github', 's3cret')).code).toBe('key_encoding')
    const given = await forwarded(signedByHand('s3cret', '{}'), '{}')
    expect((await diagnosed(client, given, 'github', ' s3cret ')).code).toBe('key_encoding')
  })

  it('signs with another of the workspace’s secrets, which is named', async () => {
    const { client, head, body } = await sent('github')
    const diagnosis = await diagnosed(client, head + body.toString(), 'github', 'not this one')
    expect(diagnosis.code).toBe('other_secret')
    expect(diagnosis.title).toContain('of “Partner”')
  })

  it('signs by another scheme, whose headers it sends or not', async () => {
    const { client, secret, head, body } = await sent('github')
    const text = head + body.toString()
    const headers = await diagnosed(client, text, 'slack', secret)
    expect(headers).toMatchObject({ code: 'other_scheme' })
    expect(headers.title).toContain('as GitHub signs')
    const own = { header: 'X-Hub-Signature-256', prefix: 'sha256=', encoding: 'base64' } as const
    expect((await diagnosed(client, text, 'own', secret, own)).code).toBe('other_scheme')

    const webex = await sent('own', { own: { header: 'X-Spark-Signature' } })
    const digest = await diagnosed(
      webex.client,
      webex.head + webex.body.toString(),
      'webex',
      webex.secret,
    )
    expect(digest).toMatchObject({ code: 'other_scheme' })
    expect(digest.title).toContain('HMAC-SHA256')
    const bodyOnly = await sent('own', { own: { header: 'X-Sig', signed: 'ts.body' } })
    const claimed = { header: 'X-Sig', signed: 'body' } as const
    const pieces = await diagnosed(
      bodyOnly.client,
      bodyOnly.head + bodyOnly.body.toString(),
      'own',
      bodyOnly.secret,
      claimed,
    )
    expect(pieces).toMatchObject({ code: 'other_scheme' })
    expect(pieces.title).toContain('the timestamp, a dot and the body')
  })

  it('sends the signature without a header of it, or mangled', async () => {
    const { client, secret, head, body } = await sent('slack')
    const { 'X-Slack-Request-Timestamp': time = '', ...rest } = headersOf(head)
    const missing = await forwarded(rest, body)
    expect(await diagnosed(client, missing, 'slack', secret)).toMatchObject({
      code: 'missing_header',
      title: 'There is no header X-Slack-Request-Timestamp.',
    })
    const cut = { ...rest, 'X-Slack-Request-Timestamp': time, 'X-Slack-Signature': 'v0=abc' }
    const mangled = await diagnosed(client, await forwarded(cut, body), 'slack', secret)
    expect(mangled.code).toBe('malformed_header')
    const shouted = { ...cut, 'X-Slack-Signature': (rest['X-Slack-Signature'] ?? '').toUpperCase() }
    const upper = await diagnosed(client, await forwarded(shouted, body), 'slack', secret)
    expect(upper.code).toBe('malformed_header')
    expect(upper.title).toContain('The digest is right')
    const dated = { ...rest, 'X-Slack-Request-Timestamp': new Date().toISOString() }
    expect(await diagnosed(client, await forwarded(dated, body), 'slack', secret)).toMatchObject({
      code: 'malformed_header',
      title: 'X-Slack-Request-Timestamp is not a number of seconds.',
    })
  })

  it('is late, or lives in the future', async () => {
    const { client } = await openTestCore()
    const { secret } = generateSecret('stripe')
    const signedAt = async (timestampS: number) => {
      const digest = createHmac('sha256', secret).update(`${timestampS}.{}`).digest('hex')
      const headers = { 'Stripe-Signature': `t=${timestampS},v1=${digest}` }
      return diagnosed(client, await forwarded(headers, '{}'), 'stripe', secret)
    }
    const nowS = Math.floor(Date.now() / 1000)
    expect(await signedAt(nowS - 2 * 60 * 60)).toMatchObject({
      code: 'stale_timestamp',
      title: expect.stringContaining('2 hours old'),
      tried: [{ matches: true }],
    })
    expect((await signedAt(nowS + 605)).title).toContain('10 minutes in the future')
    expect((await signedAt(nowS - 200)).code).toBe('valid')
  })
})

describe('a request that nothing explains', () => {
  it('is said to be so, with all that was tried and what else is odd', async () => {
    const { client, head, body } = await sent('standard')
    const changed = body.toString().replace('"', '"x')
    const diagnosis = await diagnosed(client, head + changed, 'standard', 'whsec_short')
    expect(diagnosis.code).toBe('unknown')
    expect(diagnosis.tried.length).toBeGreaterThan(10)
    expect(diagnosis.tried.every(({ matches }) => !matches)).toBe(true)
    expect(diagnosis.advice).toContain('not base64')
    expect(diagnosis.advice).toContain(`the body has ${body.length + 1}`)
  })

  it('needs a secret to be tried with', async () => {
    const { client } = await openTestCore()
    await expect(diagnosed(client, 'A: b\n\n{}', 'github', '')).rejects.toMatchObject({
      code: 'invalid',
      data: { problems: [{ field: 'secret' }] },
    })
  })

  it('is no reason to show a secret that stands in its headers', async () => {
    const { client } = await openTestCore()
    const token = 'Bearer sk_live_0123456789abcdef'
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const { id } = await client.webhook.save({
      webhookId: null,
      draft: draftWith({
        endpoint: { kind: 'plain', text: `${server.origin}/in` },
        headers: [{ rowId: 'a', name: 'Authorization', value: secretText(token) }],
      }),
    })
    const fired = await client.webhook.fireSample({ webhookId: id, seed: 1 })
    const [delivery] = await ended(client, fired.deliveries)
    const diagnosis = await client.signing.diagnose({
      request: { kind: 'attempt', attemptId: delivery?.attemptList[0]?.id ?? '' },
      scheme: 'teams',
      secret: secretText(generateSecret('teams').secret),
    })
    expect(diagnosis.code).toBe('malformed_header')
    expect(JSON.stringify(diagnosis)).not.toContain('sk_live')
  })
})
