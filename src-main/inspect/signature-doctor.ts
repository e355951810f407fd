/** Brings a request and the workspace's secrets before the doctor, one trial per turn of the event loop. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type Diagnosis,
  type DiagnosisRequest,
  emptySigning,
  type SecretId,
  type Signing,
} from '#contract'
import type { Vault } from '../authoring/vault.ts'
import { readHead } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import {
  type DoctorCase,
  type NamedSecret,
  readPastedRequest,
  specOf,
  trials,
  withoutMatch,
} from '../signing/index.ts'
import type { Store } from '../store/index.ts'

export interface DoctorDeps {
  readonly store: Store
  readonly vault: Vault
  readonly runtime: Runtime
}

/** @throws AppError `not_found`, `unavailable` when the secret cannot be opened, `invalid` without any secret */
export async function diagnose(
  deps: DoctorDeps,
  request: DiagnosisRequest,
  signal?: AbortSignal,
): Promise<Diagnosis> {
  const patient = caseOf(deps, request)
  const tried: Diagnosis['tried'] = []
  for (const { what, run } of trials(patient)) {
    await nextTurn()
    signal?.throwIfAborted()
    const found = run()
    tried.push({ what, matches: found !== null })
    if (found) return { ...found, tried }
  }
  return { ...withoutMatch(patient), tried }
}

function caseOf({ store, vault, runtime }: DoctorDeps, asked: DiagnosisRequest): DoctorCase {
  const known = workspaceSecrets(store, vault)
  const given = givenSecret(vault, asked, known)
  const secrets = given ? [given] : known
  if (secrets.length === 0) {
    throw new AppError('invalid', 'No webhook has a signing secret yet. Enter the secret.', [
      { field: 'secret', severity: 'error', message: 'Enter the secret.' },
    ])
  }
  const others = given ? known.filter(({ text }) => text !== given.text) : []
  const { signing, ...request } = requestOf(store, asked)
  const own = asked.own ?? signing?.own ?? emptySigning().own
  return {
    ...request,
    spec: specOf(asked.scheme, own),
    secrets,
    others,
    // A recorded request was fresh when it was sent.
    nowS: signing ? null : Math.floor(runtime.nowMs() / 1000),
  }
}

function requestOf(
  store: Store,
  { request }: DiagnosisRequest,
): Pick<DoctorCase, 'headers' | 'body'> & { signing: Signing | null } {
  if (request.kind === 'pasted') return { ...readPastedRequest(request.text), signing: null }
  const { requestHead, requestBody, webhookVersion } = store.history.exchange(request.attemptId)
  return {
    headers: readHead(requestHead).headers,
    body: requestBody,
    signing: store.webhooks.version(webhookVersion).draft.signing,
  }
}

type KnownSecret = NamedSecret & { readonly id: SecretId }

function givenSecret(
  vault: Vault,
  { secret }: DiagnosisRequest,
  known: readonly KnownSecret[],
): NamedSecret | null {
  if (secret.kind !== 'kept') {
    return secret.text === '' ? null : { text: secret.text, name: 'the secret given' }
  }
  return (
    known.find(({ id }) => id === secret.secretId) ?? {
      text: vault.reveal(secret.secretId),
      name: `the secret ${secret.mask}`,
    }
  )
}

/** Named for the webhooks that sign with them now; the others by their mask. */
function workspaceSecrets(store: Store, vault: Vault): KnownSecret[] {
  const names = new Map<SecretId, string>()
  for (const { draft } of store.webhooks.list()) {
    for (const text of [draft.signing.secret, draft.signing.secondSecret]) {
      if (text.kind === 'kept') names.set(text.secretId, draft.name)
    }
  }
  return vault.signingSecrets().map(({ id, mask, value }) => {
    const webhook = names.get(id)
    return {
      id,
      text: value,
      name: webhook ? `the secret ${mask} of “${webhook}”` : `the secret ${mask}`,
    }
  })
}
