/** A webhook's signing settings: the keys they give, and what stands against saving them. */
import { type FieldProblem, ROTATING_SCHEMES, SIGNING_LABELS, type Signing } from '#contract'
import { lengthProblems, MAX_LINE_CHARACTERS, MAX_WORD_CHARACTERS } from '../encode/draft-check.ts'
import { headerFault } from '../encode/headers.ts'
import { keyOf } from './key.ts'
import { hasTimestamp, headerNames, type SchemeSpec, specOf } from './scheme.ts'
import { PUBLIC_ONLY, type SigningKeys } from './sign.ts'

export interface SigningTexts {
  readonly secret: string
  /** Empty: none. */
  readonly secondSecret: string
}

/** Null when nothing is signed. */
export function signingKeys({ scheme, own }: Signing, texts: SigningTexts): SigningKeys | null {
  if (scheme === 'none') return null
  const second = ROTATING_SCHEMES.includes(scheme) && texts.secondSecret !== ''
  return { scheme, own, secrets: [texts.secret, ...(second ? [texts.secondSecret] : [])] }
}

/** What of a previewed signature is an example only, in words. */
export function exampleNotes({ scheme, own }: Signing): string[] {
  if (scheme === 'none') return []
  const spec = specOf(scheme, own)
  if (!hasTimestamp(spec)) return []
  const names = headerNames(spec)
  const subject =
    names.length === 1
      ? `${names[0]} is an example`
      : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are examples`
  const id = spec.headers.id === null ? '' : 'the id is the delivery’s, '
  return [`${subject}: ${id}the time and the signature are new in each attempt.`]
}

export function signingProblems(
  signing: Signing,
  texts: SigningTexts,
  headerRows: readonly { readonly rowId: string; readonly name: string }[],
): FieldProblem[] {
  if (signing.scheme === 'none') return []
  const spec = specOf(signing.scheme, signing.own)
  const rotates = ROTATING_SCHEMES.includes(signing.scheme) && texts.secondSecret !== ''
  const label = SIGNING_LABELS[signing.scheme]
  return [
    ...secretProblems('signing.secret', spec, texts.secret),
    ...(rotates ? secretProblems('signing.secondSecret', spec, texts.secondSecret) : []),
    ...(rotates && texts.secret === texts.secondSecret ? [SAME_TWICE] : []),
    ...(signing.scheme === 'own' ? ownProblems(spec) : []),
    ...collisions(spec, label, headerRows),
  ]
}

const SAME_TWICE: FieldProblem = {
  field: 'signing.secondSecret',
  severity: 'warning',
  message: 'Both secrets are the same, so the same signature is sent twice.',
}

function secretProblems(field: string, { keyForm }: SchemeSpec, secret: string): FieldProblem[] {
  const [length] = lengthProblems(field, secret, MAX_LINE_CHARACTERS)
  if (length) return [length]
  const result = keyOf(keyForm, secret)
  if ('fault' in result) return [{ field, severity: 'error', message: result.fault }]
  if (result.key.kind === 'ed25519' && !result.key.privateKey) {
    return [{ field, severity: 'error', message: PUBLIC_ONLY }]
  }
  return secret.trim() === secret ? [] : [{ field, severity: 'warning', message: AROUND }]
}

const AROUND =
  'The secret begins or ends with a space or a line break, which is part of the key. Remove it unless the receiver has it too.'

function ownProblems(spec: SchemeSpec): FieldProblem[] {
  const { signature, id, timestamp } = spec.headers
  const error = (field: string, message: string): FieldProblem => ({
    field,
    severity: 'error',
    message,
  })
  const [length] = [
    ...lengthProblems('signing.own.header', signature, MAX_WORD_CHARACTERS),
    ...lengthProblems('signing.own.prefix', spec.prefix, MAX_WORD_CHARACTERS),
  ]
  if (length) return [length]
  const fault = headerFault(signature, spec.prefix)
  if (fault?.part === 'name') {
    const message = signature === '' ? 'Name the header that carries the signature.' : fault.message
    return [error('signing.own.header', message)]
  }
  const lower = signature.toLowerCase()
  if (lower === id?.toLowerCase() || lower === timestamp?.toLowerCase()) {
    return [
      error(
        'signing.own.header',
        `${signature} carries the ${lower === id?.toLowerCase() ? 'id' : 'time'} already. Choose another name.`,
      ),
    ]
  }
  if (fault) return [error('signing.own.prefix', fault.message)]
  return /^[\t ]/.test(spec.prefix)
    ? [
        error(
          'signing.own.prefix',
          'Spaces at the start of a header value are not sent. Remove them.',
        ),
      ]
    : []
}

function collisions(
  spec: SchemeSpec,
  label: string,
  rows: readonly { readonly rowId: string; readonly name: string }[],
): FieldProblem[] {
  const names = headerNames(spec).filter((name) => name !== '')
  const taken = new Set(names.map((name) => name.toLowerCase()))
  return rows.flatMap(({ rowId, name }): FieldProblem[] =>
    taken.has(name.trim().toLowerCase())
      ? [
          {
            field: `headers.${rowId}.name`,
            severity: 'error',
            message: `The signature (${label}) sets ${name.trim()}. Remove this header, or choose another scheme.`,
            fix: { action: 'remove_header', label: 'Remove this header' },
          },
        ]
      : [],
  )
}
