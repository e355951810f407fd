/** Signature schemes in words: what each sends, in one line, and by which header it is known. */
import type { SigningScheme } from '#contract'

/** What the form says of a scheme. */
export const SCHEME_SENDS: Readonly<Record<SigningScheme, string>> = {
  standard:
    'webhook-id, webhook-timestamp and webhook-signature: HMAC-SHA256 of id.timestamp.body in base64, after “v1,”',
  standard_ed25519:
    'webhook-id, webhook-timestamp and webhook-signature: an ed25519 signature of id.timestamp.body in base64, after “v1a,”; receivers verify it with a public key',
  github: 'X-Hub-Signature-256: HMAC-SHA256 of the body in hex, after “sha256=”',
  stripe: 'Stripe-Signature: the time after “t=”, HMAC-SHA256 of timestamp.body in hex after “v1=”',
  slack:
    'X-Slack-Request-Timestamp and X-Slack-Signature: HMAC-SHA256 of v0:timestamp:body in hex, after “v0=”',
  webex: 'X-Spark-Signature: HMAC-SHA1 of the body in hex',
  teams: 'Authorization: HMAC-SHA256 of the body in base64, after “HMAC ”',
  own: 'a header of your choice, made of the parts below',
}

const KNOWN_BY: readonly (readonly [scheme: SigningScheme, header: RegExp])[] = [
  ['standard_ed25519', /^webhook-signature[ \t]*:[ \t]*v1a,/im],
  ['standard', /^webhook-signature[ \t]*:/im],
  ['github', /^x-hub-signature-256[ \t]*:/im],
  ['stripe', /^stripe-signature[ \t]*:/im],
  ['slack', /^x-slack-signature[ \t]*:/im],
  ['webex', /^x-spark-signature[ \t]*:/im],
  ['teams', /^authorization[ \t]*:[ \t]*hmac /im],
]

/** The scheme whose header stands in the head of a raw request, as a first choice; null if none does. */
export function schemeCarried(request: string): SigningScheme | null {
  const head = request.trimStart().split(/\r?\n\r?\n/, 1)[0] ?? ''
  return KNOWN_BY.find(([, header]) => header.test(head))?.[0] ?? null
}
