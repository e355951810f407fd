/**
 * Takes the secrets out of a draft and puts them back: a draft at rest, or on its way to the
 * renderer, holds `plain` and `kept` texts only; a draft about to become a request holds values.
 */
import type { SecretText, WebhookDraft } from '#contract'
import { recogniseEndpoint } from '../destinations/index.ts'
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
  /** The secret texts among them, for masking. */
  readonly hidden: readonly string[]
  /** Fields whose secret cannot be opened, as FieldProblem names them. */
  readonly unreadable: readonly string[]
}

export async function sealDraft(vault: Vault, draft: WebhookDraft): Promise<SealedDraft> {
  const prepared: PreparedSecret[] = []
  const keep = async (kind: 'header' | 'endpoint', text: string) => {
    const secret = await vault.prepare(kind, text)
    prepared.push(secret)
    return secret.kept
  }
  const seal = async (kind: 'header' | 'endpoint', value: SecretText): Promise<SecretText> => {
    if (value.kind === 'kept') return vault.kept(value.secretId) ?? { ...value, readable: false }
    if (value.kind === 'secret') return value.text === '' ? value : keep(kind, value.text)
    const isSecret = kind === 'endpoint' && recogniseEndpoint(value.text).secrets.length > 0
    return isSecret ? keep(kind, value.text) : value
  }
  const endpoint = await seal('endpoint', draft.endpoint)
  const headers = []
  for (const row of draft.headers) headers.push({ ...row, value: await seal('header', row.value) })
  return {
    draft: { ...draft, endpoint, headers },
    commit: () => {
      for (const secret of prepared) secret.commit()
    },
  }
}

export function draftValues(vault: Vault, draft: WebhookDraft): DraftValues {
  const unreadable: string[] = []
  const hidden: string[] = []
  const read = (kind: 'header' | 'endpoint', value: SecretText, field: string): string => {
    const text = value.kind === 'kept' ? vault.value(value.secretId) : value.text
    if (text === null) unreadable.push(field)
    else if (value.kind !== 'plain' || kind === 'endpoint')
      hidden.push(...hiddenTextsOf(kind, text))
    return text ?? ''
  }
  const endpoint = read('endpoint', draft.endpoint, 'endpoint')
  const headers = new Map(
    draft.headers.map((row) => [
      row.rowId,
      read('header', row.value, `headers.${row.rowId}.value`),
    ]),
  )
  return { endpoint, headers, hidden, unreadable }
}

/** The draft as the renderer may see it: masks and readability as the vault knows them now. */
export function refreshMasks(vault: Vault, draft: WebhookDraft): WebhookDraft {
  const refresh = (value: SecretText): SecretText =>
    value.kind === 'kept' ? (vault.kept(value.secretId) ?? { ...value, readable: false }) : value
  return {
    ...draft,
    endpoint: refresh(draft.endpoint),
    headers: draft.headers.map((row) => ({ ...row, value: refresh(row.value) })),
  }
}
