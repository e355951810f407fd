/**
 * Every scheme over real sockets, through the real dispatcher: every event, as JSON and in each form
 * encoding, is accepted by the code that receivers use, and is not once a byte of it is changed.
 */
import { describe, expect, it } from 'vitest'
import {
  EVENT_NAMES,
  emptySigning,
  FORM_ENCODINGS,
  type OwnSigning,
  type Signing,
  type SigningScheme,
  type WebhookDraft,
} from '#contract'
import { generateSecret } from '../../../src-main/signing/index.ts'
import { draftWith } from '../../support/factories.ts'
import {
  type SeenRequest,
  type Verifier,
  verifyEd25519,
  verifyGithub,
  verifyOwn,
  verifySlack,
  verifyStandard,
  verifyStripe,
  verifyTeams,
  verifyWebex,
} from '../../support/foreign-verifiers.ts'
import { ended, openTestCore } from '../../support/open-core.ts'
import { startWireServer } from '../../support/wire-server.ts'

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

type Body = Pick<WebhookDraft, 'contentType' | 'formEncoding' | 'jsonStyle'>
const BODIES: readonly Body[] = [
  { contentType: 'application/json', formEncoding: 'payload', jsonStyle: 'compact' },
  { contentType: 'application/json', formEncoding: 'payload', jsonStyle: 'pretty' },
  ...FORM_ENCODINGS.map(
    (formEncoding): Body => ({
      contentType: 'application/x-www-form-urlencoded',
      formEncoding,
      jsonStyle: 'compact',
    }),
  ),
]

/** Sends each event once to a webhook per body, and answers what arrived. */
async function sentWith(signing: Signing, bodies: readonly Body[]): Promise<SeenRequest[]> {
  const { client } = await openTestCore()
  await client.app.removeSamples()
  const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
  const endpoint = { kind: 'plain', text: `${server.origin}/in` } as const
  for (const body of bodies) {
    for (const event of EVENT_NAMES) {
      const draft = draftWith({ ...body, event, endpoint, signing })
      await client.webhook.save({ webhookId: null, draft })
    }
  }
  const fired = await client.simulator.fireAll({ seed: 5 })
  const deliveries = await ended(
    client,
    fired.flatMap(({ deliveries: ids }) => ids),
  )
  expect(new Set(deliveries.map(({ code }) => code))).toEqual(new Set(['ok']))
  return server.requests.map(({ head, body }) => ({ headers: headersOf(head), body }))
}

function headersOf(head: Buffer): Map<string, string> {
  const lines = head.toString('latin1').split('\r\n').slice(1)
  return new Map(
    lines.flatMap((line) => {
      const colon = line.indexOf(': ')
      return colon < 0 ? [] : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 2)] as const]
    }),
  )
}

function tampered({ headers, body }: SeenRequest): SeenRequest {
  const changed = Buffer.from(body)
  changed[10] = (changed[10] ?? 0) ^ 1
  return { headers, body: changed }
}

function signingWith(
  scheme: SigningScheme,
  secret: string,
  change: Partial<Signing> = {},
): Signing {
  return { ...emptySigning(), scheme, secret: { kind: 'secret', text: secret }, ...change }
}

async function expectAccepted(
  requests: readonly SeenRequest[],
  verify: Verifier,
  secret: string,
): Promise<void> {
  for (const request of requests) {
    expect(await verify(request, secret), request.body.toString()).toBe(true)
    expect(await verify(tampered(request), secret)).toBe(false)
  }
}

const CASES: readonly (readonly [SigningScheme, string, Verifier])[] = [
  ['standard', 'standardwebhooks', verifyStandard],
  ['standard_ed25519', 'node:crypto', verifyEd25519],
  ['github', '@octokit/webhooks-methods', verifyGithub],
  ['stripe', 'stripe', verifyStripe],
  ['slack', '@slack/bolt', verifySlack],
  ['webex', 'node:crypto', verifyWebex],
  ['teams', 'node:crypto', verifyTeams],
]

describe('all 22 events, JSON and every form encoding,', () => {
  it.each(CASES)('signed by %s are accepted by %s', async (scheme, _, verify) => {
    const { secret, publicKey } = generateSecret(scheme)
    const requests = await sentWith(signingWith(scheme, secret), BODIES)
    expect(requests).toHaveLength(22 * BODIES.length)
    await expectAccepted(requests, verify, publicKey ?? secret)
  })

  it.each<Partial<OwnSigning>>([
    { signed: 'body', hash: 'sha1', encoding: 'hex', key: 'text' },
    { signed: 'ts.body', hash: 'sha512', encoding: 'base64', key: 'base64' },
    { signed: 'id.ts.body', header: 'X-Own', prefix: 'v9 ', encoding: 'hex', key: 'text' },
  ])('signed by an own scheme are accepted by node:crypto: %o', async (change) => {
    const own = { ...emptySigning().own, ...change }
    const { secret } = generateSecret('own')
    const requests = await sentWith(signingWith('own', secret, { own }), BODIES)
    await expectAccepted(requests, verifyOwn(own), secret)
  })
})

describe('while a secret is rotated', () => {
  it.each([
    ['standard', verifyStandard],
    ['stripe', verifyStripe],
  ] as const)('%s is accepted by receivers with either secret', async (scheme, verify) => {
    const [first, second] = [generateSecret(scheme).secret, generateSecret(scheme).secret]
    const secondSecret = { kind: 'secret', text: second } as const
    const requests = await sentWith(
      signingWith(scheme, first, { secondSecret }),
      BODIES.slice(0, 1),
    )
    await expectAccepted(requests, verify, first)
    await expectAccepted(requests, verify, second)
    const [request] = requests
    expect(request && (await verify(request, generateSecret(scheme).secret))).toBe(false)
  })
})
