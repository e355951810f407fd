/**
 * The door from stores and screens to the core. Stores register for facts when they are loaded;
 * the page connects once, at its start. After a reconnection everything counts as changed, so that
 * no store has to know that there was one.
 */
import type { Fact, FieldProblem } from '#contract'
import type { Bridge } from '../bridge/index.ts'

type CoreClient = Bridge['client']

const CHANGED_ALL: readonly Fact[] = [
  { kind: 'status.changed' },
  { kind: 'settings.changed' },
  { kind: 'webhooks.changed' },
  { kind: 'drafts.changed' },
  { kind: 'samples.changed' },
  { kind: 'deliveries.changed', ids: [], more: true },
  { kind: 'captures.changed' },
  { kind: 'bulk.changed' },
]

type FactListener = (fact: Fact) => void
const listeners = new Set<FactListener>()
let client: CoreClient | null = null

/** The calls to the core. */
export function core(): CoreClient {
  if (!client) throw new Error('the core is used before the page is connected to it')
  return client
}

/** Hears every fact from the core, also those that stand for a reconnection; answers how to stop. */
export function onFact(listener: FactListener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Called once, by the page, with its connected client. */
export function openCore(connected: CoreClient): void {
  client = connected
}

export function tellFacts(facts: readonly Fact[]): void {
  for (const fact of facts) for (const listener of listeners) listener(fact)
}

/** Whatever was known may be out of date. */
export function tellAllChanged(): void {
  tellFacts(CHANGED_ALL)
}

/** What a call that failed says, in the user's words. */
export interface Fault {
  readonly message: string
  /** The fields that stand in the way, when the core refused a form. */
  readonly problems: readonly FieldProblem[]
}

export function faultOf(error: unknown): Fault {
  const { code, message, data } = isCoded(error) ? error : { code: '', message: '', data: null }
  if (code === 'invalid') return { message, problems: problemsOf(data) }
  if (code === 'internal') {
    return { message: `Something went wrong inside Hookstage. ${message}`.trim(), problems: [] }
  }
  const away = 'Hookstage did not answer. Try again in a moment.'
  return { message: message || away, problems: [] }
}

/** The same as one sentence. */
export function faultText(error: unknown): string {
  return faultSentence(faultOf(error))
}

/**
 * The same of what is read again by itself after a reconnection: while the core is away nobody has to
 * ask for it.
 */
export function readFaultOf(error: unknown): Fault {
  const isAway = isCoded(error) && error.code === 'away'
  return isAway ? { message: READ_AGAIN, problems: [] } : faultOf(error)
}

export function readFaultText(error: unknown): string {
  return faultSentence(readFaultOf(error))
}

const READ_AGAIN = 'Hookstage is away. This is read again by itself once it is back.'

export function faultSentence({ message, problems }: Fault): string {
  const first = problems.find(({ severity }) => severity === 'error')
  return first?.message ?? message
}

/** Whether the core refused what it was given, or no longer has what it is for: not to be tried again. */
export function isRefused(error: unknown): boolean {
  return isCoded(error) && (error.code === 'invalid' || error.code === 'not_found')
}

/** Whether it was about something that is no longer there. */
export function isGone(error: unknown): boolean {
  return isCoded(error) && error.code === 'not_found'
}

interface Coded {
  readonly code: string
  readonly message: string
  readonly data: unknown
}

function isCoded(error: unknown): error is Coded {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

function problemsOf(data: unknown): readonly FieldProblem[] {
  const { problems } = (data ?? {}) as { problems?: readonly FieldProblem[] }
  return problems ?? []
}
