/**
 * Signatures checked by code that is not ours: the packages that receivers use, and node:crypto
 * where a scheme has none. Each answers whether it accepts a request.
 */
import { createHmac, createPublicKey, verify as verifySignature } from 'node:crypto'
import { verify as verifyGitHub } from '@octokit/webhooks-methods'
import { isValidSlackRequest } from '@slack/bolt'
import { Webhook } from 'standardwebhooks'
import { Stripe } from 'stripe'
import type { OwnSigning } from '#contract'

export interface SeenRequest {
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

export type Verifier = (request: SeenRequest, secret: string) => boolean | Promise<boolean>

const stripe = new Stripe('sk_test_unused')

const get = ({ headers }: SeenRequest, name: string) => headers.get(name) ?? ''

export const verifyStandard: Verifier = (request, secret) =>
  accepts(() =>
    new Webhook(secret).verify(request.body, Object.fromEntries(request.headers), {
      jsonParse: false,
    }),
  )

/** @param secret the public key */
export const verifyEd25519: Verifier = (request, secret) => {
  const raw = Buffer.from(secret.replace(/^whpk_/, ''), 'base64')
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    format: 'jwk',
  })
  const signed = Buffer.concat([
    Buffer.from(`${get(request, 'webhook-id')}.${get(request, 'webhook-timestamp')}.`),
    request.body,
  ])
  const [version, signature = ''] = get(request, 'webhook-signature').split(',')
  return (
    version === 'v1a' && verifySignature(null, signed, publicKey, Buffer.from(signature, 'base64'))
  )
}

export const verifyGithub: Verifier = (request, secret) =>
  verifyGitHub(secret, request.body.toString(), get(request, 'x-hub-signature-256'))

export const verifyStripe: Verifier = (request, secret) =>
  accepts(() => {
    const header = get(request, 'stripe-signature')
    if (!stripe.webhooks.signature) throw new Error('stripe cannot verify here')
    stripe.webhooks.signature.verifyHeader(request.body, header, secret, 300)
  })

export const verifySlack: Verifier = (request, secret) =>
  isValidSlackRequest({
    signingSecret: secret,
    body: request.body.toString(),
    headers: {
      'x-slack-signature': get(request, 'x-slack-signature'),
      'x-slack-request-timestamp': Number(get(request, 'x-slack-request-timestamp')),
    },
  })

export const verifyWebex: Verifier = (request, secret) =>
  createHmac('sha1', secret).update(request.body).digest('hex') ===
  get(request, 'x-spark-signature')

export const verifyTeams: Verifier = (request, secret) => {
  const key = Buffer.from(secret, 'base64')
  const digest = createHmac('sha256', key).update(request.body).digest('base64')
  return get(request, 'authorization') === `HMAC ${digest}`
}

export function verifyOwn(own: OwnSigning): Verifier {
  return (request, secret) => {
    const [id, timestamp] = [get(request, 'x-webhook-id'), get(request, 'x-webhook-timestamp')]
    const before = { body: '', 'ts.body': `${timestamp}.`, 'id.ts.body': `${id}.${timestamp}.` }
    const key = own.key === 'base64' ? Buffer.from(secret, 'base64') : secret
    const hmac = createHmac(own.hash, key).update(before[own.signed]).update(request.body)
    return get(request, own.header.toLowerCase()) === own.prefix + hmac.digest(own.encoding)
  }
}

function accepts(verify: () => unknown): boolean {
  try {
    verify()
    return true
  } catch {
    return false
  }
}
