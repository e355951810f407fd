/**
 * Unsaved forms. Every edit goes to the core a moment later; secrets are sealed there and come back
 * as masks after a reload. While the page lives, what was typed here is what counts.
 */
import { create } from 'zustand'
import type { EventName, WebhookDraft, WebhookId } from '#contract'
import { core } from './core.ts'
import { createOutbox } from './outbox.ts'

const NEW = 'new'

/** Of a saved webhook, or null for one that does not exist yet. */
export type DraftOf = WebhookId | null
type Key = WebhookId | typeof NEW

/** The event that a new form was made of: its first sample, while the page lives. */
export interface RecordedSample {
  readonly event: EventName
  readonly payloadText: string
}

interface DraftsStore {
  readonly drafts: ReadonlyMap<Key, WebhookDraft>
  /** Of the new form; null where it was made of nothing. */
  readonly recorded: RecordedSample | null
  readonly isRead: boolean
}

export const useDrafts = create<DraftsStore>()(() => ({
  drafts: new Map(),
  recorded: null,
  isRead: false,
}))

const { getState: get, setState: set } = useDrafts

const outbox = createOutbox<Key>((key) => {
  const draft = get().drafts.get(key)
  const webhookId = key === NEW ? null : key
  return draft ? core().draft.put({ webhookId, draft }) : core().draft.discard({ webhookId })
})

function keyOf(of: DraftOf): Key {
  return of ?? NEW
}

function lay(key: Key, draft: WebhookDraft | null): void {
  const drafts = new Map(get().drafts)
  if (draft) drafts.set(key, draft)
  else drafts.delete(key)
  set({ drafts })
  if (key === NEW && !draft) set({ recorded: null })
}

export const drafts = {
  /** Reads what an earlier page left; what was typed since then stays. */
  read: async (): Promise<void> => {
    const stored = await core().draft.list()
    const all = new Map<Key, WebhookDraft>()
    for (const { webhookId, draft } of stored) {
      const key = keyOf(webhookId)
      // What was thrown away here, and the core has not heard of that yet, does not come back.
      if (!outbox.holds(key)) all.set(key, draft)
    }
    for (const [key, draft] of get().drafts) all.set(key, draft)
    set({ drafts: all, isRead: true })
  },
  edit: (of: DraftOf, draft: WebhookDraft): void => {
    lay(keyOf(of), draft)
    outbox.changed(keyOf(of))
  },
  /** Shows a new form that the core made, and keeps, of an event. */
  take: (draft: WebhookDraft, recorded: RecordedSample): void => {
    lay(NEW, draft)
    set({ recorded })
  },
  /** Shows a new form again that another one took the place of. */
  putBack: (draft: WebhookDraft, recorded: RecordedSample | null): void => {
    drafts.edit(null, draft)
    set({ recorded })
  },
  /** Throws it away; fails when the core cannot be told yet, which is then tried again. */
  discard: async (of: DraftOf): Promise<void> => {
    lay(keyOf(of), null)
    const failure = await outbox.send(keyOf(of))
    if (failure !== null) throw failure
  },
  /** It was saved: the core has dropped its copy. */
  forget: (of: DraftOf): void => {
    lay(keyOf(of), null)
    outbox.forget(keyOf(of))
  },
  /** Sends what has not been sent yet; answers when the core has it. */
  flush: outbox.flush,
}
