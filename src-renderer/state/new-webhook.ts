/** The form of a webhook that does not exist yet: there is one, and it is never thrown away unasked. */
import { create } from 'zustand'
import { type EventName, emptyDraft, type SecretText, type WebhookDraft } from '#contract'
import { drafts, useDrafts } from './drafts.ts'
import { goTo } from './route.ts'
import { useSettings } from './settings.ts'

/** What a form starts from. */
export function blankDraft(): WebhookDraft {
  const { settings } = useSettings.getState()
  if (!settings) return emptyDraft()
  const { defaultTimeoutMs: timeoutMs, defaultRetry: retry } = settings
  return { ...emptyDraft(), timeoutMs, retry }
}

/** The user asked for the form and wants to type: it takes the focus once, then forgets this. */
export const useTypingWish = create<{ readonly isWished: boolean }>()(() => ({ isWished: false }))

/** Shows the form; a form that was begun is gone on with, for the event if there is one. */
export function addWebhook(event?: EventName): void {
  showForm(event ? { event } : null)
}

/** The same, aimed at an endpoint. */
export function addWebhookTo(endpoint: SecretText): void {
  showForm({ endpoint })
}

function showForm(change: Partial<WebhookDraft> | null): void {
  const begun = useDrafts.getState().drafts.get('new')
  if (change) drafts.edit(null, { ...(begun ?? blankDraft()), ...change })
  useTypingWish.setState({ isWished: true })
  goTo('webhooks', 'new')
}
