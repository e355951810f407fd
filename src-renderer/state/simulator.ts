/**
 * The simulator: the board, the payload of each event as the user has it, the kept samples, and
 * what was fired last. The core makes payloads, checks them and says who would receive them; here
 * is only what was asked and what came of it.
 */
import { create } from 'zustand'
import {
  type AudienceRow,
  type BoardRow,
  type DeliveryId,
  EVENT_NAMES,
  type EventName,
  type Fired,
  MAX_SEED,
  type PayloadIssue,
  type Sample,
  type SampleId,
  type Webhook,
} from '#contract'
import { useAsked } from './asked.ts'
import { core, faultText, onFact } from './core.ts'
import { createOutbox } from './outbox.ts'
import { createPaced } from './paced.ts'
import { recall, remember } from './remembered.ts'
import {
  FIRST_SEED,
  isEdited,
  newDraft,
  type PayloadDraft,
  type PayloadDrafts,
  toKeep,
} from './simulator-drafts.ts'

const isEventName = (value: unknown): value is EventName =>
  EVENT_NAMES.some((event) => event === value)

const BOARD_BEAT_MS = 500
const STAMP_KEY = 'hookstage.simulator.stamp'

export interface Firing {
  readonly firedAtMs: number
  readonly fired: readonly Fired[]
}

interface SimulatorState {
  readonly board: readonly BoardRow[]
  readonly selected: EventName
  readonly drafts: PayloadDrafts
  /** What a new seed, a sample or Reset took the place of: it can be had back. */
  readonly replaced: PayloadDrafts
  readonly schemas: Readonly<Partial<Record<EventName, Readonly<Record<string, unknown>>>>>
  readonly samples: readonly Sample[]
  /** The last firing of an event in this window. */
  readonly firings: Readonly<Partial<Record<EventName, Firing>>>
  readonly firingAll: Firing | null
  readonly isFiring: boolean
  /** A new id and time for the envelope on each firing. */
  readonly stamp: boolean
  readonly problem: string | null
}

export const useSimulator = create<SimulatorState>()(() => ({
  board: [],
  selected: recall('simulator.event', EVENT_NAMES[0], isEventName),
  drafts: {},
  replaced: {},
  schemas: {},
  samples: [],
  firings: {},
  firingAll: null,
  isFiring: false,
  stamp: localStorage.getItem(STAMP_KEY) !== 'off',
  problem: null,
}))

const { getState: get, setState: set } = useSimulator

let isOpen = false
const board = createPaced(async () => {
  set({ board: await core().simulator.board() })
}, BOARD_BEAT_MS)
const samples = createPaced(async () => {
  set({ samples: await core().sample.list() })
}, BOARD_BEAT_MS)

onFact((fact) => {
  if (!isOpen) return
  if (fact.kind === 'deliveries.changed' || fact.kind === 'webhooks.changed') board.request()
  if (fact.kind === 'samples.changed') samples.request()
})

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work()
    set({ problem: null })
  } catch (error) {
    set({ problem: faultText(error) })
  }
}

const outbox = createOutbox<EventName>((event) => {
  const kept = toKeep(event, get().drafts[event])
  return kept ? core().simulator.putDraft(kept) : core().simulator.discardDraft({ event })
})

function put(event: EventName, draft: PayloadDraft): void {
  set((state) => ({ drafts: { ...state.drafts, [event]: draft } }))
  outbox.changed(event)
}

let reading: Promise<void> | null = null

/** What an earlier page left, read once; what was typed here since then stays. */
function readDrafts(): Promise<void> {
  reading ??= readAll().catch((error: unknown) => {
    reading = null
    throw error
  })
  return reading
}

async function readAll(): Promise<void> {
  const kept = await core().simulator.drafts()
  const drafts = Object.fromEntries(kept.map(({ event, ...draft }) => [event, draft]))
  set((state) => ({ drafts: { ...drafts, ...state.drafts } }))
}

/** The seed whose payload is awaited, by event: any other that comes in is no longer wanted. */
const asked = new Map<EventName, number>()

/**
 * Puts another payload in the place of the present one, which can be had back if it was edited;
 * if it was not, what could be had back before still can.
 */
function replace(event: EventName, draft: PayloadDraft): void {
  asked.delete(event)
  const lost = lostBy(event, draft)
  if (lost) set((state) => ({ replaced: { ...state.replaced, [event]: lost } }))
  put(event, draft)
}

/** The edits that are nowhere else once `draft` takes their place. */
function lostBy(event: EventName, draft: PayloadDraft): PayloadDraft | undefined {
  const before = get().drafts[event]
  return before && isEdited(before) && before.text !== draft.text ? before : undefined
}

async function make(event: EventName, seed: number): Promise<void> {
  asked.set(event, seed)
  const { payloadText } = await core().simulator.payload({ event, seed })
  if (asked.get(event) !== seed) return
  replace(event, { seed, sampleId: null, original: payloadText, text: payloadText })
}

async function load(event: EventName): Promise<void> {
  await readDrafts()
  const draft = get().drafts[event] ?? newDraft(FIRST_SEED)
  if (draft.original === null) await make(event, draft.seed)
  if (get().schemas[event]) return
  const { schema } = await core().simulator.schema({ event })
  set((state) => ({ schemas: { ...state.schemas, [event]: schema } }))
}

let firing: Promise<void> = Promise.resolve()
let underWay = 0

/** One after the other: whoever fires twice, quickly, gets two. */
function fire(work: () => Promise<void>): Promise<void> {
  underWay += 1
  set({ isFiring: true })
  firing = fireAfter(firing, work)
  return firing
}

async function fireAfter(earlier: Promise<void>, work: () => Promise<void>): Promise<void> {
  await earlier
  await attempt(work)
  underWay -= 1
  set({ isFiring: underWay > 0 })
  board.request()
}

/** What the screen can do. Failures are in `problem`, in words. */
export const simulator = {
  open: (): void => {
    isOpen = true
    board.request()
    samples.request()
    void attempt(() => load(get().selected))
  },
  close: (): void => {
    isOpen = false
  },
  select: (event: EventName): void => {
    set({ selected: event })
    remember('simulator.event', event)
    void attempt(() => load(event))
  },
  edit: (event: EventName, text: string): void => {
    const draft = get().drafts[event]
    if (draft && draft.text !== text) put(event, { ...draft, text })
  },
  seed: (event: EventName, seed: number): void => {
    if (Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED)
      void attempt(() => make(event, seed))
  },
  /** Another seed, short enough to be remembered. */
  reroll: (event: EventName): void => {
    simulator.seed(event, 1 + Math.floor(Math.random() * 9_999))
  },
  reset: (event: EventName): void => {
    const draft = get().drafts[event]
    if (draft?.original != null) replace(event, { ...draft, text: draft.original })
  },
  /** Takes back the last replacement; edits made since can be had back in their turn. */
  takeBack: (event: EventName): void => {
    const before = get().replaced[event]
    if (!before) return
    asked.delete(event)
    const lost = lostBy(event, before)
    put(event, before)
    set((state) => ({ replaced: { ...state.replaced, [event]: lost } }))
  },
  /** Puts a payload from elsewhere in as an edit and shows its event; what it takes the place of can be had back. */
  take: async (event: EventName, text: string): Promise<void> => {
    await readDrafts()
    const before = get().drafts[event]
    await make(event, before?.seed ?? FIRST_SEED)
    simulator.edit(event, text)
    simulator.select(event)
  },
  loadSample: (sample: Sample): void => {
    const { id, event, payloadText } = sample
    const seed = get().drafts[event]?.seed ?? FIRST_SEED
    replace(event, { seed, sampleId: id, original: payloadText, text: payloadText })
  },
  /** Keeps the present payload; `sampleId` null makes a new sample. Answers what is wrong, or null. */
  keepSample: async (
    event: EventName,
    name: string,
    sampleId: SampleId | null,
  ): Promise<string | null> => {
    const draft = get().drafts[event]
    if (!draft) return null
    try {
      const input = { sampleId, event, name, payloadText: draft.text }
      const sample = await core().sample.save(input)
      const now = get().drafts[event] ?? draft
      put(event, { ...now, sampleId: sample.id, original: draft.text })
      samples.request()
      return null
    } catch (error) {
      return faultText(error)
    }
  },
  /** Rejects when it could not be deleted. */
  deleteSample: async (sampleId: SampleId): Promise<void> => {
    await core().sample.delete({ sampleId })
    samples.request()
  },
  /** Rejects when it could not be had back. */
  restoreSample: async (sampleId: SampleId): Promise<void> => {
    await core().sample.restore({ sampleId })
    samples.request()
  },
  setStamp: (stamp: boolean): void => {
    set({ stamp })
    localStorage.setItem(STAMP_KEY, stamp ? 'on' : 'off')
  },
  fire: (event: EventName): Promise<void> => {
    const { drafts, stamp } = get()
    const payloadText = drafts[event]?.text ?? ''
    return fire(async () => {
      const fired = await core().simulator.fire({ event, payloadText, stamp })
      const latest = { firedAtMs: Date.now(), fired: [fired] }
      set((state) => ({ firings: { ...state.firings, [event]: latest } }))
    })
  },
  /** Sends the event to Echo alone, which fails twice; answers the delivery to look at. */
  showRetry: async (event: EventName): Promise<DeliveryId | null> => {
    const payloadText = get().drafts[event]?.text ?? ''
    const [id] = (await core().simulator.showRetry({ event, payloadText })).deliveries
    return id ?? null
  },
  fireAll: (seed: number): Promise<void> => {
    return fire(async () => {
      set({ firingAll: { firedAtMs: Date.now(), fired: await core().simulator.fireAll({ seed }) } })
    })
  },
  closeFiringAll: (): void => {
    set({ firingAll: null })
  },
  /** Sends edits that have not been sent yet; answers when the core has them. */
  flush: outbox.flush,
}

export interface Judgement {
  readonly issues: readonly PayloadIssue[]
  /** Null until it is known. */
  readonly audience: readonly AudienceRow[] | null
  /** Why it could not be told, in words. */
  readonly problem: string | null
}

const JUDGE_AFTER_MS = 150
const UNJUDGED = { issues: [], audience: null }

interface JudgeQuestion {
  readonly event: EventName
  readonly payloadText: string
  /** Who may receive it: others, or changed ones, make it another question. */
  readonly webhooks: readonly string[]
}

async function judge({ webhooks: _webhooks, ...question }: JudgeQuestion, signal: AbortSignal) {
  const [{ issues }, audience] = await Promise.all([
    core().simulator.check(question, { signal }),
    core().simulator.audience(question, { signal }),
  ])
  return { issues, audience }
}

/** Where the payload departs from its schema and who would receive it, a moment after each edit. */
export function useJudgement(
  event: EventName,
  payloadText: string,
  webhooks: readonly Webhook[],
): Judgement {
  const versions = webhooks.map(({ id, status, updatedAtMs }) => `${id} ${status} ${updatedAtMs}`)
  const question = { event, payloadText, webhooks: versions }
  const { value, of, problem } = useAsked<JudgeQuestion, Omit<Judgement, 'problem'>>(
    question,
    judge,
    JUDGE_AFTER_MS,
  )
  return { ...(of?.event === event && value ? value : UNJUDGED), problem }
}
