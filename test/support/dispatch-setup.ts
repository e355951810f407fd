/** A dispatcher over a real store, and one call that sends a request and answers its record. */
import { onTestFinished } from 'vitest'
import {
  type Attempt,
  type Delivery,
  type DeliveryId,
  type Destination,
  type Fact,
  NO_RETRY,
  type Retry,
} from '#contract'
import { createDispatcher, type Dispatcher, type KeptQueue } from '../../src-main/dispatch/index.ts'
import type { Render, Rendered } from '../../src-main/dispatch/render.ts'
import type { Route } from '../../src-main/dispatch/route.ts'
import type { WireRequest } from '../../src-main/encode/request.ts'
import { createEventHub } from '../../src-main/event-hub.ts'
import { createRuntime, type Runtime } from '../../src-main/runtime.ts'
import type { RecordedExchange } from '../../src-main/store/history-query.ts'
import type { QueuedDelivery } from '../../src-main/store/history-records.ts'
import type { Store } from '../../src-main/store/index.ts'
import { storedDeliveries, storedWebhook } from './factories.ts'
import { tempStore } from './temp-store.ts'

export interface DispatchSetup {
  readonly store: Store
  readonly dispatcher: Dispatcher
  readonly facts: Fact[]
  readonly errors: unknown[]
  /** Records `count` deliveries to the origin, at `/in` or another path, without sending them. */
  record(origin: string, count?: number, path?: string): QueuedDelivery[]
  /** Records one, sends it and waits for its end. */
  send(request: Partial<WireRequest> & { origin: string }, timeoutMs?: number): Promise<Sent>
  get(id: DeliveryId): Delivery
}

type Sent = Attempt & RecordedExchange & { readonly delivery: Delivery }

export interface SetupOptions {
  readonly limits?: { global: number; perOrigin: number; perEndpoint?: number }
  readonly retry?: Retry
  readonly maxQueued?: number
  readonly route?: Route
  readonly runtime?: Runtime
  readonly kept?: KeptQueue | undefined
  readonly mayGoTo?: (origin: string) => boolean
  readonly onUnwritable?: (error: unknown) => void
  readonly onKeep?: (kept: KeptQueue) => void
  readonly store?: Store
  /** Instead of what `send` was given, or a request to the webhook's origin. */
  readonly render?: Render
  readonly judge?: Rendered['judge']
  /** What the endpoints are taken for; plain HTTP where it is left out. */
  readonly destination?: Destination
}

export function dispatchSetup(options: SetupOptions = {}): DispatchSetup {
  const store = options.store ?? tempStore()
  const hub = createEventHub()
  const facts: Fact[] = []
  const errors: unknown[] = []
  hub.subscribe((batch) => facts.push(...batch))
  const webhooks = new Map<string, ReturnType<typeof storedWebhook>>()
  let next: Rendered | null = null

  const render: Render = ({ webhookVersion }) => {
    if (next) return next
    const { origin } = store.webhooks.version(webhookVersion)
    return { request: requestWith({ origin }), timeoutMs: 15_000, retry: retryOf() }
  }
  const retryOf = () => options.retry ?? NO_RETRY
  const dispatcher = createDispatcher({
    retryOf,
    log: store.log,
    render: options.render ?? render,
    runtime: options.runtime ?? createRuntime(),
    kept: options.kept,
    ...(options.maxQueued ? { maxQueued: options.maxQueued } : {}),
    ...(options.onUnwritable ? { onUnwritable: options.onUnwritable } : {}),
    ...(options.mayGoTo ? { mayGoTo: options.mayGoTo } : {}),
    ...(options.onKeep ? { onKeep: options.onKeep } : {}),
    hub,
    ...(options.limits
      ? { limits: { perEndpoint: options.limits.perOrigin, ...options.limits } }
      : {}),
    onError: (error) => errors.push(error),
  })
  onTestFinished(async () => {
    await dispatcher.close({ graceMs: 0 })
    hub.close()
  })

  function record(origin: string, count = 1, path = '/in'): QueuedDelivery[] {
    const url = origin + path
    const webhookId =
      webhooks.get(url) ??
      storedWebhook(store, { endpoint: { kind: 'plain', text: url } }, options.destination)
    webhooks.set(url, webhookId)
    return Array.from({ length: count }, () => storedDeliveries(store, [webhookId])).flat()
  }

  return {
    store,
    dispatcher,
    facts,
    errors,
    record,
    send: async (request, timeoutMs = 15_000) => {
      next = {
        request: requestWith(request),
        timeoutMs,
        retry: retryOf(),
        ...(options.route ? { route: options.route } : {}),
        ...(options.judge ? { judge: options.judge } : {}),
      }
      const deliveries = record(request.origin)
      dispatcher.enqueue(deliveries)
      await dispatcher.idle()
      const delivery = store.history.get(only(deliveries).id)
      const attempt = only(delivery.attemptList)
      return { ...attempt, ...store.history.exchange(attempt.id), delivery }
    },
    get: (id) => store.history.get(id),
  }
}

export function requestWith(change: Partial<WireRequest> & { origin: string }): WireRequest {
  return {
    method: 'POST',
    path: '/in?x=1',
    headers: ['Content-Type', 'application/json', 'User-Agent', 'Hookstage/test', 'Accept', '*/*'],
    body: Buffer.from('{"hello":"world"}'),
    ...change,
  }
}

export function only<T>(list: readonly T[]): T {
  const [first] = list
  if (first === undefined || list.length !== 1) throw new Error(`expected one, got ${list.length}`)
  return first
}
