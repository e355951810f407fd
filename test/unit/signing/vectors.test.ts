import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { emptySigning, type OwnSigning, SIGNING_SCHEMES, type SigningScheme } from '#contract'
import { generateSecret, sign, signingProblems } from '../../../src-main/signing/index.ts'

const OWN = emptySigning().own

function headers(
  scheme: SigningScheme,
  secrets: string | string[],
  message: { id?: string; timestampS?: number; body: string | Uint8Array },
  own: Partial<OwnSigning> = {},
) {
  return sign(
    { scheme, own: { ...OWN, ...own }, secrets: [secrets].flat() },
    { id: 'msg_1', timestampS: 1_614_265_330, ...message, body: Buffer.from(message.body) },
  )
}

const STANDARD_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const STANDARD = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' }
const STANDARD_VALUE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
const GITHUB_DIGEST = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'

describe('the published vectors', () => {
  it('hold for Standard Webhooks', () => {
    expect(headers('standard', STANDARD_SECRET, STANDARD)).toEqual([
      ['webhook-id', STANDARD.id],
      ['webhook-timestamp', '1614265330'],
      ['webhook-signature', STANDARD_VALUE],
    ])
  })

  it('hold for GitHub', () => {
    expect(headers('github', "It's a Secret to Everybody", { body: 'Hello, World!' })).toEqual([
      ['X-Hub-Signature-256', `sha256=${GITHUB_DIGEST}`],
    ])
  })

  it('hold for Stripe, whose whole secret is the key', () => {
    const message = { timestampS: 1_700_000_000, body: '{"id":"evt_1"}' }
    expect(headers('stripe', 'whsec_test', message)).toEqual([
      [
        'Stripe-Signature',
        't=1700000000,v1=c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925',
      ],
    ])
  })

  it('hold for Slack', () => {
    const body = 'payload=%7B%22a%22%3A1%7D'
    expect(headers('slack', '8f742231b10e8888abcd99yyyzzz85a5', { body })).toEqual([
      ['X-Slack-Request-Timestamp', '1614265330'],
      ['X-Slack-Signature', 'v0=dee12b3dd1e2c4681b22b5c5c1605daa03ae6505bb578493d67272278aba426e'],
    ])
  })

  it('hold for ed25519 (RFC 8032, 7.1, test 1), whose key is derived from its seed', () => {
    const seed = Buffer.from(
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'hex',
    )
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
      format: 'jwk',
    })
    const [, , signature] = headers('standard_ed25519', `whsk_${seed.toString('base64')}`, STANDARD)
    const value = signature?.[1] ?? ''
    expect(value.slice(0, 4)).toBe('v1a,')
    const signed = Buffer.from(`${STANDARD.id}.1614265330.${STANDARD.body}`)
    expect(verify(null, signed, publicKey, Buffer.from(value.slice(4), 'base64'))).toBe(true)
  })
})

describe('an own scheme', () => {
  it('can be GitHub’s and can be Slack’s neighbour', () => {
    const secret = "It's a Secret to Everybody"
    const own = { header: 'X-Sig', prefix: 'sha256=' }
    expect(headers('own', secret, { body: 'Hello, World!' }, own)).toEqual([
      ['X-Sig', `sha256=${GITHUB_DIGEST}`],
    ])
    const base64 = Buffer.from(GITHUB_DIGEST, 'hex').toString('base64')
    const encoded = headers('own', secret, { body: 'Hello, World!' }, { encoding: 'base64' })
    expect(encoded).toEqual([['X-Signature', base64]])
  })

  it('can be Standard Webhooks’, id and time in headers of their own', () => {
    const own = { prefix: 'v1,', encoding: 'base64', signed: 'id.ts.body', key: 'base64' } as const
    expect(headers('own', STANDARD_SECRET.slice(6), STANDARD, own)).toEqual([
      ['X-Webhook-Id', STANDARD.id],
      ['X-Webhook-Timestamp', '1614265330'],
      ['X-Signature', STANDARD_VALUE],
    ])
  })

  it.each([
    ['sha1', 40],
    ['sha256', 64],
    ['sha512', 128],
  ] as const)('hashes with %s', (hash, digits) => {
    const [[, value] = []] = headers('own', 's', { body: '' }, { hash, signed: 'body' })
    expect(value).toMatch(new RegExp(`^[0-9a-f]{${digits}}$`))
  })
})

describe('a rotation', () => {
  it('signs with both secrets, where the header can carry two', () => {
    const second = generateSecret('standard').secret
    const [, , both] = headers('standard', [STANDARD_SECRET, second], STANDARD)
    const [, , other] = headers('standard', second, STANDARD)
    expect(both?.[1]).toBe(`${STANDARD_VALUE} ${other?.[1]}`)
    const [stripe] = headers('stripe', ['a', 'b'], { body: '{}' })
    expect(stripe?.[1]).toMatch(/^t=1614265330,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/)
  })
})

describe('a generated secret', () => {
  it.each(SIGNING_SCHEMES)('has nothing against it and is new each time: %s', (scheme) => {
    const { secret, publicKey } = generateSecret(scheme)
    const signing = { ...emptySigning(), scheme }
    expect(signingProblems(signing, { secret, secondSecret: '' }, [])).toEqual([])
    expect(generateSecret(scheme).secret).not.toBe(secret)
    expect(publicKey !== null).toBe(scheme === 'standard_ed25519')
  })
})

describe('what stands against a signature', () => {
  const base64 = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64')
  const pair = generateSecret('standard_ed25519')

  it.each([
    ['standard', '', 'generate one'],
    ['standard', 'whsec_not base64!', 'What follows whsec_ is not base64'],
    ['standard', 'not base64!', 'This secret is not base64'],
    ['standard_ed25519', 'not base64!', 'This key is not base64'],
    ['standard', `whsec_${base64(33)}=`, 'not base64'],
    ['standard', `whsec_${base64(25).replaceAll('=', '')}`, 'not base64'],
    ['standard', `whsec_${base64(23)}`, '23 bytes'],
    ['standard', `whsec_${base64(65)}`, '65 bytes'],
    ['standard', pair.secret, 'asymmetric'],
    ['standard_ed25519', `whsec_${base64(32)}`, 'whsk_'],
    ['standard_ed25519', pair.publicKey ?? '', 'public key'],
    ['standard_ed25519', `whsk_${base64(31)}`, '31 bytes'],
    ['standard_ed25519', `whsk_${base64(64)}`, 'do not belong together'],
    ['teams', 'not/base64', 'not base64'],
    ['github', '', 'generate one'],
  ] as const)('%s refuses “%s” with words', (scheme, secret, words) => {
    const problems = signingProblems(
      { ...emptySigning(), scheme },
      { secret, secondSecret: '' },
      [],
    )
    expect(problems).toMatchObject([{ field: 'signing.secret', severity: 'error' }])
    expect(problems[0]?.message).toContain(words)
  })

  it('is said of the second secret too, and only where there is one', () => {
    const texts = { secret: STANDARD_SECRET, secondSecret: 'whsec_short' }
    const problems = (scheme: SigningScheme, secondSecret = texts.secondSecret) =>
      signingProblems({ ...emptySigning(), scheme }, { ...texts, secondSecret }, [])
    expect(problems('standard')).toMatchObject([{ field: 'signing.secondSecret' }])
    expect(problems('standard', '')).toEqual([])
    expect(problems('github')).toEqual([])
    expect(problems('stripe', STANDARD_SECRET)).toMatchObject([
      { field: 'signing.secondSecret', severity: 'warning' },
    ])
  })

  it('is that a header of the user’s has the name of a signature’s', () => {
    const rows = [{ rowId: 'a', name: ' authorization' }]
    const teams = { ...emptySigning(), scheme: 'teams' as const }
    const texts = { secret: base64(32), secondSecret: '' }
    expect(signingProblems(teams, texts, rows)).toMatchObject([
      { field: 'headers.a.name', severity: 'error', fix: { action: 'remove_header' } },
    ])
    expect(signingProblems({ ...teams, scheme: 'github' }, texts, rows)).toEqual([])
  })

  it.each([
    [{ header: 'Content-Type' }, 'signing.own.header', 'Hookstage sets Content-Type itself'],
    [{ header: 'X Sig' }, 'signing.own.header', 'letters, digits'],
    [{ header: '' }, 'signing.own.header', 'Name the header'],
    [
      { header: 'x-webhook-id', signed: 'id.ts.body' as const },
      'signing.own.header',
      'carries the id already',
    ],
    [{ prefix: 'a\r\nb' }, 'signing.own.prefix', 'line break'],
    [{ prefix: 'x'.repeat(2_000) }, 'signing.own.prefix', 'longer than 1,024'],
    [{ prefix: ' sha256=' }, 'signing.own.prefix', 'Spaces at the start'],
  ])('is told of an own scheme: %o', (change, field, words) => {
    const signing = { ...emptySigning(), scheme: 'own' as const, own: { ...OWN, ...change } }
    const [problem] = signingProblems(signing, { secret: 's', secondSecret: '' }, [])
    expect(problem).toMatchObject({ field, severity: 'error' })
    expect(problem?.message).toContain(words)
  })

  it('warns of space around a secret that is taken as it stands', () => {
    const signing = { ...emptySigning(), scheme: 'github' as const }
    expect(signingProblems(signing, { secret: 'abc\n', secondSecret: '' }, [])).toMatchObject([
      { field: 'signing.secret', severity: 'warning' },
    ])
  })
})
