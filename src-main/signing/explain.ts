/** A signature taken apart: what was signed, how the secret became the key, and how to verify it. */
import {
  type OwnSigning,
  ROTATING_SCHEMES,
  SIGNING_LABELS,
  type SignatureView,
  type SignedPart,
  type SigningScheme,
} from '#contract'
import { type Key, keyHandling, keyOf, publicKeyText } from './key.ts'
import { nodeReceiver } from './receiver-node.ts'
import { pythonReceiver } from './receiver-python.ts'
import { algorithmName, headerNames, type SchemeSpec, specOf } from './scheme.ts'
import { type HeaderPair, headerText, readSignature, type Stamp, signatureCheck } from './sign.ts'

export interface SignedRequest {
  readonly scheme: SigningScheme
  readonly own: OwnSigning
  /** In the order of the signatures; the text is null when it cannot be opened. */
  readonly secrets: readonly { readonly text: string | null; readonly mask: string }[]
  readonly headers: readonly HeaderPair[]
  readonly body: Uint8Array
  /** The body as it may be shown. */
  readonly shownBody: { readonly text: string | null; readonly cut: boolean }
}

/** Null when the request carries no signature of the scheme. */
export function explain(request: SignedRequest): SignatureView | null {
  const { scheme, headers, body } = request
  const spec = specOf(scheme, request.own)
  const read = readSignature(spec, headers)
  if ('fault' in read) return null
  const keys = request.secrets.map(({ text }) => openedKey(spec, text))
  const publicKey = keys.find((key) => key?.kind === 'ed25519')
  const publicText = publicKey?.kind === 'ed25519' ? publicKeyText(publicKey.publicKey) : null
  const names = new Set(headerNames(spec).map((name) => name.toLowerCase()))
  return {
    scheme,
    label: SIGNING_LABELS[scheme],
    headers: headers
      .filter(([name]) => names.has(name.toLowerCase()))
      .map(([name, value]) => ({ name, value, masked: false })),
    parts: partsOf(spec, read.stamp, request),
    algorithm: algorithmName(spec),
    keyHandling: keyHandling(spec.keyForm),
    values: read.values.map((value, index) => {
      const key = keys[index]
      const matches = key ? signatureCheck(spec, key, read.stamp, body)(value) : null
      return { value, matches, secret: request.secrets[index]?.mask ?? '' }
    }),
    code: receiverCode(spec, publicText),
    notes: [...notesOf(spec, read.values.length, publicText), ...partNotes(headers, body)],
  }
}

function openedKey(spec: SchemeSpec, text: string | null): Key | null {
  const result = text === null ? null : keyOf(spec.keyForm, text)
  return result && 'key' in result ? result.key : null
}

function partsOf(spec: SchemeSpec, stamp: Stamp, { body, shownBody }: SignedRequest): SignedPart[] {
  const before = spec.before.map(({ label, text }): SignedPart => {
    return { kind: 'text', text: label === '' ? text : stamp[label], label }
  })
  return [...before, { kind: 'body', bytes: body.length, ...shownBody }]
}

function receiverCode(spec: SchemeSpec, publicKey: string | null): SignatureView['code'] {
  return [
    { language: 'node', title: 'Node', text: nodeReceiver(spec, publicKey) },
    { language: 'python', title: 'Python', text: pythonReceiver(spec, publicKey) },
  ]
}

function notesOf(spec: SchemeSpec, signatures: number, publicKey: string | null): string[] {
  const isRotated = signatures > 1 && ROTATING_SCHEMES.includes(spec.scheme)
  return [
    'A receiver has to verify the bytes as they arrive, before anything parses them.',
    ...(isRotated ? ['It accepts the request when one of the signatures is right.'] : []),
    ...(publicKey === null ? [] : [`Receivers verify with the public key ${publicKey}`]),
    ...(spec.keyForm === 'ed25519' ? ['The Python receiver needs the package cryptography.'] : []),
  ]
}

/** A connection that broke leaves a part of the body behind, which no signature is over. */
function partNotes(headers: readonly HeaderPair[], body: Uint8Array): string[] {
  const length = Number(headerText(headers, 'content-length') ?? body.length)
  return length > body.length
    ? [`Only ${body.length} of ${length} bytes were sent; the signature is over all of them.`]
    : []
}
