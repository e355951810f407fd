/** What a run is measured against before it begins: where it goes, how it signs, what would become of it. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type BulkManner,
  emptyDraft,
  emptySigning,
  type FieldProblem,
  type SecretText,
  type WebhookId,
} from '#contract'
import { draftValues, sealDraft } from '../authoring/draft-secrets.ts'
import { recogniseEndpoint } from '../destinations/index.ts'
import type { Dispatcher } from '../dispatch/index.ts'
import { endpointFault } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Comparisons } from '../inspect/comparisons.ts'
import type { Inspector } from '../inspect/inspector.ts'
import { signingProblems } from '../signing/index.ts'
import type { WebhookVersion } from '../store/history-records.ts'
import type { StoredRun } from '../store/index.ts'
import type { ConfirmedHosts } from '../workspace/confirmed-hosts.ts'
import { createDecider, type Decided } from './decide.ts'
import { createReceiverOrigins, type PreparerDeps } from './prepare.ts'

/** What bulk replays stand on. */
export interface Ground extends PreparerDeps {
  readonly dispatcher: Pick<Dispatcher, 'openLine' | 'cancelQueued'>
  readonly inspector: Pick<Inspector, 'captureRows'>
  readonly comparisons: Pick<Comparisons, 'answers' | 'rules'>
  readonly hosts: Pick<ConfirmedHosts, 'unconfirmed' | 'confirm'>
  readonly hub: EventHub
  readonly onError: (error: unknown) => void
}

/** Where all of a run goes. */
export interface Target {
  /** Null where each goes to its own. */
  readonly origin: string | null
  /** Secrets masked. */
  readonly words: string
}

const PAGE = 500

/** @throws AppError `invalid` with problems of the fields `url`, `target` and `signing.…` */
export function targetOf({ store, vault }: Ground, manner: BulkManner): Target {
  const { kind, target } = manner
  const draft = typedDraft(manner)
  const values = draftValues(vault, draft)
  if (kind === 're_signed' && manner.signing === null) {
    throw invalid('signing.scheme', 'Choose how they are to be signed.')
  }
  const [problem] = signingProblems(draft.signing, values.signing, []).filter(
    ({ severity }) => severity === 'error',
  )
  if (problem) throw new AppError('invalid', problem.message, [problem])
  const signer = manner.signing
  if (signer !== null && typeof signer === 'object' && 'webhookId' in signer) {
    const { scheme } = present(signer.webhookId).draft.signing
    if (scheme === 'none') throw invalid('signing.scheme', 'This webhook does not sign.')
  }
  if (kind === 'rendered') return { origin: null, words: 'The endpoints of their webhooks' }
  switch (target.kind) {
    case 'own':
      return { origin: null, words: 'Where each of them went' }
    case 'webhook': {
      const { draft: to, origin } = present(target.webhookId)
      const url = draftValues(vault, to).endpoint
      return { origin, words: to.name || recogniseEndpoint(url).masked }
    }
    case 'url': {
      const fault = endpointFault(values.endpoint)
      if (fault) throw invalid('url', fault.message)
      const { origin } = new URL(values.endpoint)
      return { origin, words: recogniseEndpoint(values.endpoint).masked }
    }
  }

  function present(id: WebhookId) {
    const webhook = store.webhooks.get(id)
    if (!webhook) throw invalid('target', 'This webhook does not exist any more.')
    return webhook
  }
}

/** Goes through the items in steps; answers what would become of them. */
export async function planned(
  { store, receivers, hosts }: Ground,
  run: StoredRun,
  manner: BulkManner,
  target: Target,
): Promise<Decided> {
  const webhooks = new Map(
    store.webhooks
      .list()
      .map(({ id, origin, draft }) => [id, { origin, signs: draft.signing.scheme !== 'none' }]),
  )
  const decider = createDecider(manner, {
    of: run.of,
    targetOrigin: target.origin,
    webhook: (id) => webhooks.get(id as WebhookId) ?? null,
    receiverOrigin: createReceiverOrigins(receivers),
    unconfirmed: hosts.unconfirmed,
  })
  for (let after = -1; ; ) {
    const page = store.bulkItems.planned(run.seq, after, PAGE)
    for (const item of page) decider.take(item)
    const last = page.at(-1)
    if (!last || page.length < PAGE) return decider.decided()
    after = last.position
    await nextTurn()
  }
}

/** What was typed, sealed; `store` belongs into the transaction that refers to it. */
export async function templateOf(
  { store, vault, runtime }: Ground,
  manner: BulkManner,
  { origin }: Target,
): Promise<{ store(): { version: WebhookVersion | null; manner: BulkManner } }> {
  const typed = typedDraft(manner)
  const isTyped = manner.target.kind === 'url' || typed.signing.scheme !== 'none'
  if (!isTyped) return { store: () => ({ version: null, manner }) }
  const sealed = await sealDraft(vault, typed)
  return {
    store: () => {
      sealed.commit()
      const id = runtime.newId('wh') as WebhookId
      const version = store.webhooks.putUnlisted(id, {
        draft: sealed.draft,
        destination: 'http',
        origin: origin ?? '',
      })
      const { endpoint, signing } = sealed.draft
      return { version, manner: withKept(manner, endpoint, signing.secret) }
    },
  }
}

/** A draft that holds what of the manner was typed. */
function typedDraft({ target, signing }: BulkManner) {
  const url: SecretText = target.kind === 'url' ? target.url : { kind: 'plain', text: '' }
  const isTyped = signing !== null && typeof signing === 'object' && 'scheme' in signing
  return {
    ...emptyDraft(),
    name: 'A bulk replay',
    endpoint: url,
    signing: isTyped ? { ...emptySigning(), ...signing } : emptySigning(),
  }
}

function withKept(manner: BulkManner, url: SecretText, secret: SecretText): BulkManner {
  const { target, signing } = manner
  const isTyped = signing !== null && typeof signing === 'object' && 'scheme' in signing
  return {
    ...manner,
    target: target.kind === 'url' ? { kind: 'url', url } : target,
    signing: isTyped ? { ...signing, secret } : signing,
  }
}

function invalid(field: string, message: string): AppError {
  const problem: FieldProblem = { field, severity: 'error', message }
  return new AppError('invalid', message, [problem])
}
