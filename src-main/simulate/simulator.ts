/**
 * Fires events: from a payload to a stored event, its audience and their deliveries. What is fired
 * is committed before the call answers; sending goes on in the background.
 */
import {
  type AudienceRow,
  type BoardRow,
  type DeliveryId,
  type DeliveryStatus,
  EVENT_NAMES,
  type EventId,
  type EventName,
  emptyDraft,
  envelopeSchema,
  type Fired,
  NO_RETRY,
  type PayloadIssue,
  type Target,
  type TargetMatch,
  type WebhookId,
} from '#contract'
import { generateSample, sampleAttendees } from '../catalogue/index.ts'
import type { Dispatcher } from '../dispatch/index.ts'
import { jsonOffsets, parseJsonText, replaceMembers, sendable } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import { audienceOf, matchTarget } from '../matching/index.ts'
import type { Runtime } from '../runtime.ts'
import type { WebhookVersion } from '../store/history-records.ts'
import type { Store } from '../store/index.ts'

export interface Simulator {
  board(): BoardRow[]
  /** The payload of a seed, laid out. */
  payload(event: EventName, seed: number): string
  check(event: EventName, payloadText: string): PayloadIssue[]
  audience(event: EventName, payloadText: string): AudienceRow[]
  matchTarget(target: Target): TargetMatch
  /** @throws AppError `invalid` when the payload is not a JSON object */
  fire(event: EventName, payloadText: string, stamp: boolean): Fired
  fireAll(seed: number): Fired[]
  /** Sends it to an address that fails twice. @throws AppError `invalid` */
  showRetry(event: EventName, payloadText: string): Fired
  /**
   * One event to one webhook, whatever its status and target. @param typed in place of what the
   * seed makes. @throws AppError `not_found`; `invalid` when it is not a JSON object
   */
  fireSample(webhookId: WebhookId, seed: number, typed?: string): Fired
}

/** Long enough to be seen, short enough to be waited for. */
const SHOWN_WAITS_MS = [3_000, 6_000]

/** A list of a payload's departures is no use beyond this. */
const MOST_ISSUES = 1_000

const FLOODED =
  'Too many deliveries wait to be sent already. Resume sending, wait until some are sent, or cancel them; then fire again.'

export function createSimulator(deps: {
  store: Store
  dispatcher: Dispatcher
  runtime: Runtime
  hub: EventHub
  /** A fresh address that fails twice. */
  showRetryUrl: () => string
}): Simulator {
  const { store, dispatcher, runtime, hub } = deps
  const payload = (event: EventName, seed: number) =>
    JSON.stringify(generateSample(event, seed), null, 2)

  function send(
    event: EventName,
    payloadText: string,
    eventId: EventId,
    versions: readonly WebhookVersion[],
  ): Fired {
    if (dispatcher.room() < versions.length) throw new AppError('unavailable', FLOODED)
    const createdAtMs = runtime.nowMs()
    const deliveries = versions.map((webhookVersion) => ({
      id: runtime.newId('dlv') as DeliveryId,
      webhookVersion,
    }))
    const queued = store.log.record(
      { id: eventId, event, source: 'simulator', payloadText, createdAtMs },
      deliveries,
    )
    for (const { id } of queued) hub.deliveryChanged(id)
    hub.publish({ kind: 'status.changed' })
    dispatcher.enqueue(queued)
    return { eventId, event, deliveries: queued.map(({ id }) => id) }
  }

  function stamped(payloadText: string): { text: string; eventId: EventId } {
    const eventId = runtime.newId('evt') as EventId
    const timestamp = new Date(runtime.nowMs()).toISOString()
    const members = { id: JSON.stringify(eventId), timestamp: JSON.stringify(timestamp) }
    return { text: replaceMembers(payloadText, members), eventId }
  }

  function fire(event: EventName, typed: string, stamp: boolean): Fired {
    const envelope = parseObject(typed)
    const payloadText = sendable(typed)
    const ownId = typeof envelope.id === 'string' ? envelope.id.slice(0, 256) : ''
    const { text, eventId } =
      stamp || ownId === ''
        ? stamped(payloadText)
        : { text: payloadText, eventId: ownId as EventId }
    const webhooks = store.webhooks.list()
    const receivers = new Set(
      audienceOf(webhooks.map(toCandidate), event, envelope)
        .filter(({ receives }) => receives)
        .map(({ webhookId }) => webhookId),
    )
    const versions = webhooks.flatMap(({ id, version }) => (receivers.has(id) ? [version] : []))
    return send(event, stamp ? text : payloadText, eventId, versions)
  }

  return {
    board: () => board(store),
    payload,
    check: checkPayload,
    audience: (event, payloadText) =>
      audienceOf(store.webhooks.list().map(toCandidate), event, parseLeniently(payloadText)),
    matchTarget: (target) => matchSampleAttendees(target),
    fire,
    fireAll: (seed) => EVENT_NAMES.map((event) => fire(event, payload(event, seed), true)),
    showRetry: (event, payloadText) => {
      parseObject(payloadText)
      const { text, eventId } = stamped(sendable(payloadText))
      const url = deps.showRetryUrl()
      const version = store.webhooks.putUnlisted(runtime.newId('wh') as WebhookId, {
        draft: {
          ...emptyDraft(),
          name: 'A retry, shown by Echo',
          event,
          endpoint: { kind: 'plain', text: url },
          retry: { preset: 'own', own: { ...NO_RETRY.own, delaysMs: [...SHOWN_WAITS_MS] } },
        },
        destination: 'http',
        origin: new URL(url).origin,
      })
      return send(event, text, eventId, [version])
    },
    fireSample: (webhookId, seed, typed) => {
      const webhook = store.webhooks.get(webhookId)
      if (!webhook) throw new AppError('not_found', 'This webhook does not exist any more.')
      const { event } = webhook.draft
      if (typed !== undefined) parseObject(typed)
      const { text, eventId } = stamped(
        typed === undefined ? payload(event, seed) : sendable(typed),
      )
      return send(event, text, eventId, [webhook.version])
    },
  }
}

type Listed = ReturnType<Store['webhooks']['list']>[number]

function toCandidate({ id, draft }: Listed) {
  const { name, event, status, target } = draft
  return { id, name, event, status, target }
}

function board(store: Store): BoardRow[] {
  const active = new Map<EventName, number>()
  for (const { draft } of store.webhooks.list()) {
    if (draft.status === 'active') active.set(draft.event, (active.get(draft.event) ?? 0) + 1)
  }
  const firings = new Map(store.history.lastFirings().map((firing) => [firing.event, firing]))
  return EVENT_NAMES.map((event) => {
    const firing = firings.get(event)
    const counts = new Map<DeliveryStatus, number>()
    for (const { status } of firing?.deliveries ?? []) {
      counts.set(status, (counts.get(status) ?? 0) + 1)
    }
    return {
      event,
      activeWebhooks: active.get(event) ?? 0,
      lastFiredAtMs: firing?.firedAtMs ?? null,
      last: [...counts].map(([status, count]) => ({ status, count })),
    }
  })
}

function checkPayload(event: EventName, payloadText: string): PayloadIssue[] {
  let value: unknown
  try {
    value = parseObject(payloadText)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [{ path: '', message: error.message, offset: null }]
  }
  const checked = envelopeSchema(event).safeParse(value)
  if (checked.success) return []
  const issues = checked.error.issues.slice(0, MOST_ISSUES)
  const paths = issues.map(({ path }) => path.map(String))
  const offsets = jsonOffsets(payloadText, paths)
  return issues.map(({ message }, index) => ({
    path: paths[index]?.join('.') ?? '',
    message,
    offset: offsets[index] ?? null,
  }))
}

function matchSampleAttendees(target: Target): TargetMatch {
  const attendees = sampleAttendees().map((attendee) => {
    const { matches, reasons } = matchTarget(target, { data: { attendee } })
    return { attendee, matches, reasons: [...reasons] }
  })
  return {
    total: attendees.length,
    matching: attendees.filter(({ matches }) => matches).length,
    attendees,
  }
}

function parseLeniently(payloadText: string): unknown {
  try {
    return JSON.parse(payloadText)
  } catch {
    return null
  }
}

function parseObject(payloadText: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(payloadText)
  } catch {
    // Refuses the same texts, and says where.
    parseJsonText(payloadText)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AppError('invalid', 'The payload has to be a JSON object.')
  }
  return value as Record<string, unknown>
}
