/**
 * Takes the secrets out of a draft and puts them back: a draft at rest, or on its way to the
 * renderer, holds `plain` and `kept` texts only; a draft about to become a request holds values.
 */
import { ROTATING_SCHEMES, type SecretText, type WebhookDraft } from '#contract'
import { recogniseEndpoint } from '../destinations/index.ts'
import type { SigningTexts } from '../signing/index.ts'
import type { SecretKind } from '../store/secrets.ts'
import { hiddenTextsOf, type PreparedSecret, type Vault } from './vault.ts'

/** A draft without secrets, and the secrets to store in the same transaction. */
export interface SealedDraft {
  readonly draft: WebhookDraft
  commit(): void
}

/** The texts of a draft as they go over the wire. */
export interface DraftValues {
  readonly endpoint: string
  readonly headers: ReadonlyMap<string, string>
  readonly signing: SigningTexts
  /** The secret texts among them, for masking. */
  readonly hidden: readonly string[]
  /** Fields whose secret cannot be opened, as FieldProblem names them. */
  readonly unreadable: readonly string[]
}

export async function sealDraft(vault: Vault, draft: WebhookDraft): Promise<SealedDraft> {
  const prepared: PreparedSecret[] = []
  const keep = async (kind: SecretKind, text: string) => {
    const secret = await vault.prepare(kind, text)
    prepared.push(secret)
    return secret.kept
  }
  const seal = async (kind: SecretKind, value: SecretText): Promise<SecretText> => {
    if (value.kind === 'kept') return vault.kept(value.secretId) ?? { ...value, readable: false }
    if (value.text === '') return value
    return value.kind === 'secret' || isSecret(kind, value.text) ? keep(kind, value.text) : value
  }
  const endpoint = await seal('endpoint', draft.endpoint)
  const headers = []
  for (const row of draft.headers) headers.push({ ...row, value: await seal('header', row.value) })
  const signing = {
    ...draft.signing,
    secret: await seal('signing', draft.signing.secret),
    secondSecret: await seal('signing', draft.signing.secondSecret),
  }
  const network = {
    ...draft.network,
    proxyCredentials: await seal('proxy', draft.network.proxyCredentials),
  }
  return {
    draft: { ...draft, endpoint, headers, signing, network },
    commit: () => {
      for (const secret of prepared) secret.commit()
      vault.referencesChanged()
    },
  }
}

/** Whether a text is secret though the user did not mark it. */
function isSecret(kind: SecretKind, text: string): boolean {
  if (kind === 'endpoint') return recogniseEndpoint(text).secrets.length > 0
  return kind === 'signing' || kind === 'proxy'
}

export function draftValues(vault: Vault, draft: WebhookDraft): DraftValues {
  const unreadable: string[] = []
  const hidden: string[] = []
  const read = (kind: SecretKind, value: SecretText, field: string): string => {
    const text = value.kind === 'kept' ? vault.value(value.secretId) : value.text
    if (text === null) unreadable.push(field)
    else if (value.kind !== 'plain' || kind !== 'header') hidden.push(...hiddenTextsOf(kind, text))
    return text ?? ''
  }
  const endpoint = read('endpoint', draft.endpoint, 'endpoint')
  const headers = new Map(
    draft.headers.map((row) => [
      row.rowId,
      read('header', row.value, `headers.${row.rowId}.value`),
    ]),
  )
  const { scheme, secret, secondSecret } = draft.signing
  const rotates = scheme !== 'none' && ROTATING_SCHEMES.includes(scheme)
  const signing = {
    secret: scheme === 'none' ? '' : read('signing', secret, 'signing.secret'),
    secondSecret: rotates ? read('signing', secondSecret, 'signing.secondSecret') : '',
  }
  if (draft.network.proxy === 'own') {
    read('proxy', draft.network.proxyCredentials, 'network.proxyCredentials')
  }
  return { endpoint, headers, signing, hidden, unreadable }
}

/** The draft as the renderer may see it: masks and readability as the vault knows them now. */
export function refreshMasks(vault: Vault, draft: WebhookDraft): WebhookDraft {
  const refresh = (value: SecretText): SecretText =>
    value.kind === 'kept' ? (vault.kept(value.secretId) ?? { ...value, readable: false }) : value
  return {
    ...draft,
    endpoint: refresh(draft.endpoint),
    headers: draft.headers.map((row) => ({ ...row, value: refresh(row.value) })),
    signing: {
      ...draft.signing,
      secret: refresh(draft.signing.secret),
      secondSecret: refresh(draft.signing.secondSecret),
    },
    network: { ...draft.network, proxyCredentials: refresh(draft.network.proxyCredentials) },
  }
}
