/**
 * The last resort: the claimed header holds a digest, but of other pieces, of another hash, or
 * written in another way than the scheme wants.
 */
import { createHmac } from 'node:crypto'
import type { DoctorCase, Trial } from './doctor.ts'
import { MALFORMED_ADVICE } from './doctor-words.ts'
import { keyOf } from './key.ts'
import { algorithmName, type SchemeSpec } from './scheme.ts'
import { type HeaderPair, headerText, readSignature } from './sign.ts'

const HASHES = ['sha1', 'sha256', 'sha512'] as const

/** Only for schemes with a shared secret. */
export function* digestTrials(patient: DoctorCase): Generator<Trial> {
  const { spec, headers, secrets, body } = patient
  const carried = headerText(headers, spec.headers.signature)
  if (carried === null || spec.keyForm === 'ed25519') return
  for (const { what, text } of signedTexts(spec, headers)) {
    for (const hash of HASHES) {
      const algorithm = algorithmName({ ...spec, hash })
      yield {
        what: `As ${algorithm} over ${what}, in hexadecimal or base64`,
        run: () => {
          const isMade = secrets.some((secret) => {
            const result = keyOf(spec.keyForm, secret.text)
            if ('fault' in result || result.key.kind !== 'hmac') return false
            const hmac = createHmac(hash, result.key.secretKey).update(text, 'latin1').update(body)
            return holds(carried, hmac.digest())
          })
          return isMade ? finding(patient, { what, hash, algorithm }) : null
        },
      }
    }
  }
}

function finding(
  { spec, headers }: DoctorCase,
  { what, hash, algorithm }: { what: string; hash: string; algorithm: string },
): ReturnType<Trial['run']> {
  const read = readSignature(spec, headers)
  const isWording = what === RIGHT && hash === spec.hash && 'fault' in read
  if (isWording) {
    const title = `The digest is right, but written in another way than receivers expect. ${read.message}`
    return { code: 'malformed_header', title, advice: MALFORMED_ADVICE }
  }
  const title = `${spec.headers.signature} holds the ${algorithm} over ${what}, which is another scheme.`
  const advice = `Sign as the scheme says: ${algorithmName(spec)}, ${spec.encoding}, over ${RIGHT}. Or set up an own scheme that does what the sender does.`
  return { code: 'other_scheme', title, advice }
}

const RIGHT = 'what the scheme signs'

/** What may have been signed before the body: the scheme's own pieces, and those of the others. */
function signedTexts(
  spec: SchemeSpec,
  headers: readonly HeaderPair[],
): { what: string; text: string }[] {
  const id = textOf(headers, ['webhook-id', 'X-Webhook-Id', spec.headers.id])
  const timestamp =
    textOf(headers, [
      'webhook-timestamp',
      'X-Webhook-Timestamp',
      'X-Slack-Request-Timestamp',
      spec.headers.timestamp,
    ]) ?? /\bt=(\d+)/.exec(headerText(headers, 'Stripe-Signature') ?? '')?.[1]
  const own = spec.before.map(({ label, text }) => {
    if (label === '') return text
    return label === 'id' ? (id ?? '') : (timestamp ?? '')
  })
  const texts = [
    { what: RIGHT, text: own.join('') },
    { what: 'the body alone', text: '' },
    ...(timestamp === undefined
      ? []
      : [
          { what: 'the timestamp, a dot and the body', text: `${timestamp}.` },
          { what: 'v0, the timestamp and the body, colons between', text: `v0:${timestamp}:` },
        ]),
    ...(timestamp === undefined || id === undefined
      ? []
      : [{ what: 'id, timestamp and body, dots between', text: `${id}.${timestamp}.` }]),
  ]
  return texts.filter(({ text }, index) => texts.findIndex((one) => one.text === text) === index)
}

function textOf(
  headers: readonly HeaderPair[],
  names: readonly (string | null)[],
): string | undefined {
  for (const name of names) {
    const text = name === null ? null : headerText(headers, name)
    if (text !== null) return text
  }
  return undefined
}

function holds(text: string, digest: Buffer): boolean {
  return (
    text.toLowerCase().includes(digest.toString('hex')) ||
    text.includes(digest.toString('base64').replace(/=+$/, '')) ||
    text.includes(digest.toString('base64url'))
  )
}
