/** Edits of a webhook's form, as pure functions: what is compared, what a fix does, what is secret. */
import {
  type FieldProblem,
  type HeaderRow,
  type MessageFormat,
  type SecretId,
  type SecretText,
  type Webhook,
  type WebhookDraft,
  webhookDraftSchema,
} from '#contract'

/** The part of a webhook that the form edits. */
export function draftOf(webhook: Webhook): WebhookDraft {
  return webhookDraftSchema.parse(webhook)
}

/** Whether two forms would be saved as the same webhook. */
export function isSameDraft(a: WebhookDraft, b: WebhookDraft): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(draft: WebhookDraft): [string, unknown][] {
  return Object.entries(draft).sort(([a], [b]) => (a < b ? -1 : 1))
}

const SECRET_NAME =
  /^(proxy-)?authorization$|^(set-)?cookie2?$|api[-_]?key|token|secret|password|passwd|credential|session[-_]?id/i

/** Headers of these names carry credentials. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.trim())
}

export function newHeader(name = '', value: SecretText = { kind: 'plain', text: '' }): HeaderRow {
  return { rowId: crypto.randomUUID(), name, value }
}

/** A value becomes secret when its header's name begins to say so; a choice made by hand stays. */
export function renamedHeader(row: HeaderRow, name: string): HeaderRow {
  const becomes = isSecretName(name) && !isSecretName(row.name) && row.value.kind === 'plain'
  const value: SecretText = becomes ? { kind: 'secret', text: textOf(row.value) } : row.value
  return { ...row, name, value }
}

export function movedHeader(
  rows: readonly HeaderRow[],
  rowId: string,
  by: -1 | 1,
): readonly HeaderRow[] {
  const from = rows.findIndex((row) => row.rowId === rowId)
  const row = rows[from]
  const to = from + by
  if (!row || to < 0 || to >= rows.length) return rows
  const rest = rows.filter((each) => each !== row)
  return [...rest.slice(0, to), row, ...rest.slice(to)]
}

/** What was typed; empty for a kept value, which is not here. */
export function textOf(value: SecretText): string {
  return value.kind === 'kept' ? '' : value.text
}

/** Does what a problem's button says. `reveal` reads a kept value where the fix needs it. */
export async function fixedDraft(
  draft: WebhookDraft,
  { field, fix }: FieldProblem,
  reveal: (secretId: SecretId) => Promise<string>,
): Promise<WebhookDraft> {
  if (fix?.action === 'trim') return trimmed(draft, field)
  if (fix?.action === 'use_json') return { ...draft, contentType: 'application/json' }
  if (fix?.action === 'use_format') return withFormat(draft, fix.format)
  if (fix?.action === 'remove_header') {
    const headers = draft.headers.filter(({ rowId }) => !field.startsWith(`headers.${rowId}.`))
    return { ...draft, headers }
  }
  if (fix?.action === 'move_credentials_to_header') {
    const { endpoint } = draft
    const url = endpoint.kind === 'kept' ? await reveal(endpoint.secretId) : endpoint.text
    return withoutCredentials(draft, url)
  }
  return draft
}

/** A message for a chat goes as JSON; Slack reads a form as well. */
export function withFormat(draft: WebhookDraft, format: MessageFormat): WebhookDraft {
  const wantsJson = format === 'teams' || format === 'webex'
  return { ...draft, format, ...(wantsJson ? { contentType: 'application/json' } : {}) }
}

function trimmed(draft: WebhookDraft, field: string): WebhookDraft {
  if (field === 'name') return { ...draft, name: draft.name.trim() }
  if (field === 'endpoint') return { ...draft, endpoint: trimmedText(draft.endpoint) }
  if (field === 'formField') return { ...draft, formField: draft.formField.trim() }
  const headers = draft.headers.map((row) => {
    if (field === `headers.${row.rowId}.name`) return { ...row, name: row.name.trim() }
    if (field === `headers.${row.rowId}.value`) return { ...row, value: trimmedText(row.value) }
    return row
  })
  return { ...draft, headers }
}

function trimmedText(value: SecretText): SecretText {
  return value.kind === 'kept' ? value : { ...value, text: value.text.trim() }
}

const WITH_CREDENTIALS = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@(.*)$/i

/** `https://user:pass@host/` becomes `https://host/` and a Basic `Authorization` header. */
function withoutCredentials(draft: WebhookDraft, url: string): WebhookDraft {
  const [, scheme, credentials, rest] = WITH_CREDENTIALS.exec(url.trim()) ?? []
  if (scheme === undefined || credentials === undefined || rest === undefined) return draft
  const [user = '', ...password] = credentials.split(':')
  const pair = `${decoded(user)}:${decoded(password.join(':'))}`
  const bytes = new TextEncoder().encode(pair)
  const value = `Basic ${btoa(String.fromCharCode(...bytes))}`
  const others = draft.headers.filter(({ name }) => name.trim().toLowerCase() !== 'authorization')
  return {
    ...draft,
    endpoint: { kind: 'plain', text: scheme + rest },
    headers: [...others, newHeader('Authorization', { kind: 'secret', text: value })],
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
