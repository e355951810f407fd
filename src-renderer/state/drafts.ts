/**
 * Unsaved forms. Every edit goes to the core a moment later, so that it survives another screen, a
 * closed window and a crash; secrets are sealed there and come back as masks after a reload. While
 * the page lives, what was typed here is what counts.
 */
import { create } from 'zustand'
import type { WebhookDraft, WebhookId } from '#contract'
import { core, isRefused } from './core.ts'

const PUT_AFTER_MS = 150
const RETRY_AFTER_MS = 2000
const NEW = 'new'

/** Of a saved webhook, or null for one that does not exist yet. */
export type DraftOf = WebhookId | null
type Key = WebhookId | typeof NEW

interface DraftsStore {
  readonly drafts: ReadonlyMap<Key, WebhookDraft>
  readonly isRead: boolean
}

export const useDrafts = create<DraftsStore>()(() => ({ drafts: new Map(), isRead: false }))

const { getState: get, setState: set } = useDrafts
/** Forms that the core does not have as they are here; those that are gone here among them. */
const unsent = new Set<Key>()
/** One call after the other for each form: an older text never overtakes a newer one. */
const underWay = new Map<Key, Promise<unknown>>()
let timer: ReturnType<typeof setTimeout> | null = null

function keyOf(of: DraftOf): Key {
  return of ?? NEW
}

function idOf(key: Key): DraftOf {
  return key === NEW ? null : key
}

function lay(key: Key, draft: WebhookDraft | null): void {
  const drafts = new Map(get().drafts)
  if (draft) drafts.set(key, draft)
  else drafts.delete(key)
  set({ drafts })
}

function schedule(afterMs: number): void {
  if (timer !== null) clearTimeout(timer)
  timer = setTimeout(() => void drafts.flush(), afterMs)
}

/** Tells the core what the form holds now, or that it is gone; answers why that failed, else null. */
async function send(key: Key): Promise<unknown> {
  if (!unsent.delete(key)) return null
  const draft = get().drafts.get(key)
  const webhookId = idOf(key)
  try {
    if (draft) await core().draft.put({ webhookId, draft })
    else await core().draft.discard({ webhookId })
    return null
  } catch (error) {
    unsent.add(key)
    // The core is away: it is told again. What it refused waits for the next edit.
    if (!isRefused(error)) schedule(RETRY_AFTER_MS)
    return error
  }
}

function queue(key: Key): Promise<unknown> {
  const before = underWay.get(key)
  // Without a predecessor it starts at once: a page that is being closed has no later.
  const mine = before ? before.then(() => send(key)) : send(key)
  underWay.set(key, mine)
  void mine.finally(() => {
    if (underWay.get(key) === mine) underWay.delete(key)
  })
  return mine
}

export const drafts = {
  /** Reads what an earlier page left; what was typed since then stays. */
  read: async (): Promise<void> => {
    const stored = await core().draft.list()
    const all = new Map<Key, WebhookDraft>()
    for (const { webhookId, draft } of stored) {
      const key = keyOf(webhookId)
      // What was thrown away here, and the core has not heard of that yet, does not come back.
      if (!unsent.has(key) && !underWay.has(key)) all.set(key, draft)
    }
    for (const [key, draft] of get().drafts) all.set(key, draft)
    set({ drafts: all, isRead: true })
  },
  edit: (of: DraftOf, draft: WebhookDraft): void => {
    const key = keyOf(of)
    lay(key, draft)
    unsent.add(key)
    schedule(PUT_AFTER_MS)
  },
  /** Shows a form that the core made and keeps. */
  take: (of: DraftOf, draft: WebhookDraft): void => lay(keyOf(of), draft),
  /** Throws it away; fails when the core cannot be told yet, which is then tried again. */
  discard: async (of: DraftOf): Promise<void> => {
    const key = keyOf(of)
    lay(key, null)
    unsent.add(key)
    const failure = await queue(key)
    if (failure !== null) throw failure
  },
  /** It was saved: the core has dropped its copy. */
  forget: (of: DraftOf): void => {
    lay(keyOf(of), null)
    unsent.delete(keyOf(of))
  },
  /** Sends what has not been sent yet; answers when the core has it. */
  flush: async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    await Promise.all([...unsent].map(queue))
    await Promise.all(underWay.values())
  },
}
