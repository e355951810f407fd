/** app.*: status, notices, the stream of facts. */
import type { Fact } from '#contract'
import type { EventHub } from '../event-hub.ts'
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function appHandlers(os: Implementer, { status, webhooks, hub }: Services) {
  return {
    status: os.app.status.handler(() => status.read()),
    dismissNotice: os.app.dismissNotice.handler(({ input }) => {
      status.dismiss(input.id)
      return {}
    }),
    facts: os.app.facts.handler(({ signal }) => batches(hub, signal)),
    removeSamples: os.app.removeSamples.handler(() => ({ removed: webhooks.removeSamples() })),
  }
}

/** Batches until the client goes; a slow client gets what piled up as one batch. */
async function* batches(hub: EventHub, signal: AbortSignal | undefined): AsyncGenerator<Fact[]> {
  let pending: Fact[] = []
  let wake = () => {}
  const unsubscribe = hub.subscribe((facts) => {
    pending.push(...facts)
    wake()
  })
  const onAbort = () => wake()
  signal?.addEventListener('abort', onAbort)
  try {
    yield []
    for (;;) {
      if (signal?.aborted) return
      if (pending.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const facts = pending
      pending = []
      if (facts.length > 0) yield facts
    }
  } finally {
    unsubscribe()
    signal?.removeEventListener('abort', onAbort)
  }
}
