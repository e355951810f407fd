/**
 * What a replay sends, and to where: the endpoint and its settings as a version of a webhook that no
 * list shows, and the bytes. Versions are made once for all replays that share one.
 */
import {
  emptyDraft,
  emptySigning,
  type FieldProblem,
  NO_RETRY,
  type ReplayRequest,
  type ReplaySigning,
  type SecretText,
  type Signing,
  type WebhookDraft,
  type WebhookId,
} from '#contract'
import { draftValues, sealDraft } from '../authoring/draft-secrets.ts'
import type { Vault } from '../authoring/vault.ts'
import { recogniseEndpoint } from '../destinations/index.ts'
import { endpointFault, exactEndpoint } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import { signatureHeaders, signingProblems } from '../signing/index.ts'
import type { WebhookVersion } from '../store/history-records.ts'
import type { Store } from '../store/index.ts'
import { asSent, edited, type FixedRequest, toBeSigned } from './fixed-request.ts'
import { notReplayable, type Sendable } from './origin.ts'

/** How it is sent again; where one webhook's request is meant, it is in `source`. */
export type Manner = Omit<ReplayRequest, 'source'>

export interface Outgoing {
  readonly webhookVersion: WebhookVersion
  /** Null: it is rendered from that version. */
  readonly request: FixedRequest | null
}

export interface OutgoingMaker {
  /** Itself where there is nothing to wait for. @throws AppError `not_found`; `invalid` with problems */
  make(origin: Sendable, manner: Manner): Outgoing | Promise<Outgoing>
}

interface Carrier {
  readonly webhookId: WebhookId | null
  readonly draft: WebhookDraft
}

/** So many versions are remembered; what is beyond is made anew. */
const MOST_VERSIONS = 1_000

/**
 * @param deps.once true where each replay is made as if it were the only one: then what it refers to
 * is read as it is at that moment, and webhooks keep their retries
 */
export function createOutgoingMaker(deps: {
  readonly store: Pick<Store, 'webhooks' | 'together'>
  readonly vault: Vault
  readonly runtime: Runtime
  readonly once: boolean
}): OutgoingMaker {
  const { store, vault, runtime, once } = deps
  const versions = new Map<string, WebhookVersion>()

  function withVersion(
    request: FixedRequest | null,
    key: string,
    make: () => Promise<WebhookVersion>,
  ): Outgoing | Promise<Outgoing> {
    const known = once ? undefined : versions.get(key)
    if (known !== undefined) return { webhookVersion: known, request }
    return make().then((webhookVersion) => {
      if (versions.size >= MOST_VERSIONS) versions.clear()
      if (!once) versions.set(key, webhookVersion)
      return { webhookVersion, request }
    })
  }

  function presentWebhook(id: WebhookId) {
    const webhook = store.webhooks.get(id)
    if (!webhook) throw new AppError('not_found', 'This webhook does not exist any more.')
    return webhook
  }

  function signingOf(signing: ReplaySigning): Signing {
    if ('webhookId' in signing) return presentWebhook(signing.webhookId).draft.signing
    const { scheme, own, secret } = signing
    return { ...emptySigning(), scheme, own, secret }
  }

  /** The endpoint that it goes to, under the name and with the settings of what it belongs to. */
  function carrier(origin: Sendable, { target }: Manner): Carrier {
    if (target.kind === 'webhook') {
      const { id, draft } = presentWebhook(target.webhookId)
      return { webhookId: id, draft }
    }
    const url: SecretText =
      target.kind === 'own'
        ? (sameEndpoint(origin) ?? { kind: 'plain', text: origin.url })
        : target.url
    const own = target.kind === 'own' ? origin.draft : null
    return {
      webhookId: own ? origin.webhookId : null,
      draft: { ...(own ?? emptyDraft()), endpoint: url, name: own?.name ?? '' },
    }
  }

  /** Kept as it is where the recorded URL is that of the webhook, so that its secret stays one. */
  function sameEndpoint({ draft, url }: Sendable): SecretText | null {
    return draft && draftValues(vault, draft).endpoint === url ? draft.endpoint : null
  }

  async function versionFor(
    origin: Sendable,
    manner: Manner,
    signing: Signing | null,
  ): Promise<WebhookVersion> {
    if (manner.target.kind === 'own' && origin.url === '') throw invalid('url', NOWHERE)
    const { webhookId, draft } = carrier(origin, manner)
    const base: WebhookDraft = {
      ...draft,
      event: origin.event ?? draft.event,
      headers: [],
      signing: signing ?? emptySigning(),
      retry: NO_RETRY,
    }
    const typed = draftValues(vault, base)
    const problems = [
      ...endpointProblems(typed.endpoint),
      ...signingProblems(base.signing, typed.signing, []),
    ].filter(({ severity }) => severity === 'error')
    const [first] = problems
    if (first) throw new AppError('invalid', first.message, problems)
    const whole = withPath(base, typed.endpoint, editedPath(manner))
    const values = draftValues(vault, whole)
    const sealed = await sealDraft(vault, whole)
    const { destination } = recogniseEndpoint(values.endpoint)
    const id = webhookId ?? (runtime.newId('wh') as WebhookId)
    const { host, origin: endpointOrigin } = new URL(values.endpoint)
    return store.together(() => {
      sealed.commit()
      return store.webhooks.putUnlisted(id, {
        draft: { ...sealed.draft, name: whole.name || host },
        destination,
        origin: endpointOrigin,
      })
    })
  }

  function rendered(origin: Sendable): Outgoing | Promise<Outgoing> {
    const { webhookId, event } = origin
    if (webhookId === null || event === null) {
      throw notReplayable('It was not rendered from a webhook, so it cannot be rendered again.')
    }
    return withVersion(null, `rendered ${webhookId}`, async () => {
      const { version, draft, destination, origin: endpointOrigin } = presentWebhook(webhookId)
      if (once) return version
      const plain = { ...draft, retry: NO_RETRY }
      return store.webhooks.putUnlisted(webhookId, {
        draft: plain,
        destination,
        origin: endpointOrigin,
      })
    })
  }

  return {
    make: (origin, manner) => {
      const { kind, target, keepsId } = manner
      if (kind === 'rendered') return rendered(origin)
      const signing = manner.signing && signingOf(manner.signing)
      const isSigned = signing !== null && signing.scheme !== 'none'
      if (kind === 're_signed' && !isSigned) {
        throw invalid('signing.scheme', 'Choose how it is to be signed.')
      }
      const sent = asSent(origin, target.kind === 'own' || editedPath(manner) !== undefined)
      const base = kind === 'edited' && manner.edited ? edited(sent, manner.edited) : sent
      const place = target.kind === 'own' ? `${origin.version}\n${origin.url}\n` : ''
      const signer = manner.signing && 'webhookId' in manner.signing ? manner.signing.webhookId : ''
      // None of these has a line feed in it.
      const key = `${place}${origin.event}\n${signer}`
      const request = isSigned ? toBeSigned(base, signatureHeaders(signing), keepsId) : base
      return withVersion(request, key, () => versionFor(origin, manner, signing))
    },
  }
}

const NOWHERE = 'Nothing says where this request was for. Choose an endpoint.'

function editedPath({ kind, edited: edits }: Manner): string | undefined {
  return kind === 'edited' ? edits?.path : undefined
}

/** What was secret stays so: a path may hold a secret that nothing tells by its shape. */
function withPath(draft: WebhookDraft, url: string, path: string | undefined): WebhookDraft {
  if (path === undefined) return draft
  const kind = draft.endpoint.kind === 'plain' ? 'plain' : 'secret'
  return { ...draft, endpoint: { kind, text: exactEndpoint(url.trim()).origin + path } }
}

function endpointProblems(endpoint: string): FieldProblem[] {
  const fault = endpointFault(endpoint)
  return fault ? [{ field: 'url', severity: 'error', message: fault.message }] : []
}

function invalid(field: string, message: string): AppError {
  return new AppError('invalid', message, [{ field, severity: 'error', message }])
}
