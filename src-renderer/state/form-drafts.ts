/**
 * What was typed in the forms of dialogs and neither saved nor thrown away: there again when the
 * same form is opened anew. Kept while the page lives, in its memory alone; secrets that were typed
 * are forgotten with the dialog.
 */
import { useEffect, useState } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import type { Fault } from './core.ts'

/** Of one kind of form so many are remembered, the latest. */
const MOST_DRAFTS = 20

export interface FormDrafts<Draft> {
  readonly store: StoreApi<ReadonlyMap<string, Draft>>
  /** @param key what the form is of */
  of(key: string): Draft | undefined
  type(key: string, draft: Draft): void
  /** Its dialog was closed, and nothing decided: what was typed stays, but for secrets. */
  leave(key: string): void
  /** It was sent, saved or thrown away. */
  forget(key: string): void
}

/** @param withoutSecrets the same but for secrets that were typed */
export function createFormDrafts<Draft>(
  withoutSecrets: (draft: Draft) => Draft = (draft) => draft,
): FormDrafts<Draft> {
  const store = createStore<ReadonlyMap<string, Draft>>(() => new Map())
  /** The latest last. @param draft undefined: none any more */
  const put = (key: string, draft: Draft | undefined) => {
    const others = [...store.getState()].filter(([each]) => each !== key)
    const all = draft === undefined ? others : [...others, [key, draft] as const]
    store.setState(new Map(all.slice(-MOST_DRAFTS)), true)
  }
  const of = (key: string) => store.getState().get(key)
  return {
    store,
    of,
    type: put,
    leave: (key) => {
      const draft = of(key)
      if (draft !== undefined) put(key, withoutSecrets(draft))
    },
    forget: (key) => put(key, undefined),
  }
}

/** The draft of what the key says, as it is typed; undefined where nothing is. */
export function useDraftOf<Draft>({ store }: FormDrafts<Draft>, key: string): Draft | undefined {
  return useStore(store, (all) => all.get(key))
}

/** What is kept of a form: the fields that were typed in. The others are as what they show is now. */
export type Typed<Form extends object> = Partial<Form>

export interface FormDraft<Form extends object> {
  readonly form: Form
  /** What was typed before the form was opened is in it, and it was not started over since. */
  readonly wasLeft: boolean
  readonly change: (part: Typed<Form>) => void
  /** Why it could not be saved. */
  readonly fault: Fault | null
  readonly refuse: (fault: Fault | null) => void
  /** As it is without anything typed, and nothing refused. */
  readonly startOver: () => void
  /** It was saved or thrown away. */
  readonly forget: () => void
}

/**
 * A form that is kept as it is typed, for as long as the component is there and beyond.
 * @param key what the form is of; another one needs a component of its own
 * @param first the form with nothing typed in it
 */
export function useFormDraft<Form extends object>(
  drafts: FormDrafts<Typed<Form>>,
  key: string,
  first: Form,
): FormDraft<Form> {
  const typed = useDraftOf(drafts, key)
  const [wasLeft, setLeft] = useState(typed !== undefined)
  const [fault, refuse] = useState<Fault | null>(null)
  useEffect(() => () => drafts.leave(key), [drafts, key])
  return {
    form: { ...first, ...typed },
    wasLeft: wasLeft && typed !== undefined,
    change: (part) => {
      const next = changed(first, { ...drafts.of(key), ...part })
      if (next) drafts.type(key, next)
      else drafts.forget(key)
    },
    fault,
    refuse,
    startOver: () => {
      refuse(null)
      setLeft(false)
      drafts.forget(key)
    },
    forget: () => drafts.forget(key),
  }
}

/** The fields that are other than without anything typed; null where none is. */
export function changed<Form extends object>(first: Form, typed: Typed<Form>): Typed<Form> | null {
  const entries = Object.entries(typed).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(first[field as keyof Form]),
  )
  return entries.length === 0 ? null : (Object.fromEntries(entries) as Typed<Form>)
}
