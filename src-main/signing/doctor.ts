/**
 * Why a signature does not verify: the causes that are common, tried in order, each recomputed on
 * the very bytes. The first that makes the signature match is the diagnosis. Pure; the caller runs
 * the trials one by one, so that large bodies do not hold up the rest.
 */
import { type Diagnosis, emptySigning, SIGNING_LABELS, SIGNING_SCHEMES } from '#contract'
import { bodyVariants } from './body-variants.ts'
import {
  adviceFor,
  MALFORMED_ADVICE,
  missingAdvice,
  quantityOfTime,
  UNKNOWN_TITLE,
  unknownAdvice,
} from './doctor-words.ts'
import { type Key, keyOf } from './key.ts'
import { keyVariants } from './key-variants.ts'
import { digestTrials } from './other-digests.ts'
import { hasTimestamp, headerNames, type SchemeSpec, specOf, TOLERANCE_S } from './scheme.ts'
import { type HeaderPair, readSignature, signatureCheck } from './sign.ts'

export interface NamedSecret {
  readonly text: string
  /** `the secret given`, `the secret of “Partner”` */
  readonly name: string
}

export interface DoctorCase {
  readonly spec: SchemeSpec
  readonly headers: readonly HeaderPair[]
  readonly body: Uint8Array
  /** Those that should verify. */
  readonly secrets: readonly NamedSecret[]
  /** Those that might. */
  readonly others: readonly NamedSecret[]
  /** When the request is judged; null when its age says nothing. */
  readonly nowS: number | null
}

export type Finding = Omit<Diagnosis, 'tried'>

export interface Trial {
  readonly what: string
  /** Null when it does not make the signature match. */
  run(): Finding | null
}

/** What is tried, in order. */
export function* trials(patient: DoctorCase): Generator<Trial, void> {
  const { spec, headers } = patient
  const read = readSignature(spec, headers)
  if (!('fault' in read)) {
    const carried: Carried = { ...patient, ...read, named: namedKeys(spec, patient.secrets) }
    yield* asItIs(carried)
    yield* changedBodies(carried)
    yield* otherKeys(carried)
    yield* otherSecrets(carried)
  }
  yield* otherSchemes(patient)
  yield* digestTrials(patient)
}

/** What is said when nothing that was tried makes the signature match. */
export function withoutMatch({ spec, headers, body, secrets, nowS }: DoctorCase): Finding {
  const read = readSignature(spec, headers)
  if ('fault' in read) {
    const advice = read.fault === 'missing_header' ? missingAdvice(spec, headers) : MALFORMED_ADVICE
    return { code: read.fault, title: read.message, advice }
  }
  const faults = secrets.flatMap(({ text, name }) => {
    const result = keyOf(spec.keyForm, text)
    return 'fault' in result ? [`Of ${name}: ${result.fault}`] : []
  })
  const age = hasTimestamp(spec) ? ageInWords(read.stamp.timestamp, nowS) : null
  const advice = unknownAdvice({ faults, age, headers, bodyBytes: body.length })
  return { code: 'unknown', title: UNKNOWN_TITLE, advice }
}

type Carried = DoctorCase &
  Exclude<ReturnType<typeof readSignature>, { fault: string }> & {
    readonly named: readonly NamedKey[]
  }

interface NamedKey {
  readonly key: Key
  readonly name: string
}

function namedKeys(spec: SchemeSpec, secrets: readonly NamedSecret[]): NamedKey[] {
  return secrets.flatMap(({ text, name }) => {
    const result = keyOf(spec.keyForm, text)
    return 'key' in result ? [{ key: result.key, name }] : []
  })
}

/** The first of the keys that made one of the values. */
function maker(
  { spec, stamp, values }: Pick<Carried, 'spec' | 'stamp' | 'values'>,
  keys: readonly NamedKey[],
  body: Uint8Array,
): NamedKey | undefined {
  return keys.find(({ key }) => values.some(signatureCheck(spec, key, stamp, body)))
}

function* asItIs(carried: Carried): Generator<Trial> {
  for (const named of carried.named) {
    yield {
      what: `The request as it is, with ${named.name}`,
      run: () => (maker(carried, [named], carried.body) ? rightSignature(carried, named) : null),
    }
  }
}

function rightSignature({ spec, stamp, nowS }: Carried, { name }: NamedKey): Finding {
  const age = hasTimestamp(spec) ? ageInWords(stamp.timestamp, nowS) : null
  if (age === null) {
    const title = `The signature is right: ${name} made it over this body.`
    return { code: 'valid', title, advice: adviceFor.valid }
  }
  const title = `The signature is right, but its timestamp is ${age}.`
  return { code: 'stale_timestamp', title, advice: adviceFor.stale_timestamp }
}

/** `3 hours old`, or null when it is within the tolerance. */
function ageInWords(timestamp: string, nowS: number | null): string | null {
  if (nowS === null) return null
  const ageS = nowS - Number(timestamp)
  if (Math.abs(ageS) <= TOLERANCE_S) return null
  return ageS > 0 ? `${quantityOfTime(ageS)} old` : `${quantityOfTime(-ageS)} in the future`
}

function* changedBodies(carried: Carried): Generator<Trial> {
  const { body, named } = carried
  for (const { code, what, bytes } of bodyVariants(body)) {
    yield {
      what: `The body ${what}`,
      run: () => {
        const made = bytes()
        if (!made || !maker(carried, named, made)) return null
        const title = `The signature is over the body ${what}, not over these bytes.`
        return { code, title, advice: adviceFor[code] }
      },
    }
  }
}

function* otherKeys(carried: Carried): Generator<Trial> {
  const { spec, secrets, body } = carried
  for (const { text, name } of secrets) {
    for (const { what, key } of keyVariants(spec.keyForm, text)) {
      yield {
        what: `With the key as ${what}${secrets.length > 1 ? ` (${name})` : ''}`,
        run: () => {
          if (!maker(carried, [{ key, name }], body)) return null
          const title = `The signature was made with a wrong key: ${what}.`
          return { code: 'key_encoding', title, advice: adviceFor.key_encoding(spec) }
        },
      }
    }
  }
}

function* otherSecrets(carried: Carried): Generator<Trial> {
  for (const named of namedKeys(carried.spec, carried.others)) {
    yield {
      what: `With ${named.name}`,
      run: () => {
        if (!maker(carried, [named], carried.body)) return null
        const title = `Another secret made this signature: ${named.name}.`
        return { code: 'other_secret', title, advice: adviceFor.other_secret }
      },
    }
  }
}

/** An own scheme is known by its webhook alone. */
const OTHERS = SIGNING_SCHEMES.filter((scheme) => scheme !== 'own')

/** Schemes whose headers are there, with every secret at hand. */
function* otherSchemes(patient: DoctorCase): Generator<Trial> {
  for (const scheme of OTHERS) {
    if (scheme === patient.spec.scheme) continue
    // None of these reads the settings of an own scheme.
    const spec = specOf(scheme, emptySigning().own)
    const read = readSignature(spec, patient.headers)
    if ('fault' in read) continue
    const label = SIGNING_LABELS[scheme]
    const keys = namedKeys(spec, [...patient.secrets, ...patient.others])
    yield {
      what: `As ${label} signs (${headerNames(spec).join(', ')})`,
      run: () => {
        const made = maker({ spec, ...read }, keys, patient.body)
        if (!made) return null
        const title = `This request is signed as ${label} signs, with ${made.name}.`
        const advice = `Verify it as ${label}, or choose ${SIGNING_LABELS[patient.spec.scheme]} in the webhook that sends it.`
        return { code: 'other_scheme', title, advice }
      },
    }
  }
}
