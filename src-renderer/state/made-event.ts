/** What an event is being made of, and where it goes: the simulator, the samples, a new webhook. */
import { create } from 'zustand'
import type { EventMapping, EventName, EventSource, MadeEvent } from '#contract'
import { type Asked, useAsked } from './asked.ts'
import { core } from './core.ts'
import { drafts, useDrafts } from './drafts.ts'
import { goTo } from './route.ts'
import { simulator } from './simulator.ts'

interface MakingStore {
  readonly source: EventSource | null
}

export const useMaking = create<MakingStore>()(() => ({ source: null }))

const { setState: set } = useMaking

export interface Question {
  readonly source: EventSource
  /** Null: as the body says. */
  readonly mapping: EventMapping | null
}

async function ask(question: Question | null, signal: AbortSignal) {
  return question === null ? null : core().event.make(question, { signal })
}

export function useMadeEvent(question: Question): Asked<MadeEvent> {
  return useAsked<Question | null, MadeEvent>(question, ask, 0)
}

export const making = {
  open: (source: EventSource): void => set({ source }),
  close: (): void => set({ source: null }),
  /** As an edit of the event's payload; what it takes the place of can be had back there. */
  toSimulator: async (event: EventName, payloadText: string): Promise<void> => {
    await simulator.take(event, payloadText)
    set({ source: null })
    goTo('simulator')
  },
  keepSample: async (event: EventName, name: string, payloadText: string): Promise<void> => {
    await core().sample.save({ sampleId: null, event, name, payloadText })
    set({ source: null })
  },
  /** Opens the form of a new webhook; answers how to have the form back that it took the place of. */
  toWebhook: async (
    source: EventSource,
    event: EventName,
    payloadText: string,
  ): Promise<(() => void) | null> => {
    await drafts.flush()
    const { drafts: all, recorded } = useDrafts.getState()
    const before = all.get('new')
    const { draft } = await core().event.draftWebhook({ source, event })
    drafts.take(draft, { event, payloadText })
    set({ source: null })
    goTo('webhooks', 'new')
    return before ? () => drafts.putBack(before, recorded) : null
  },
}
