/** delivery.*: the history, its bytes, cancelling. */
import { withQueuedWhy } from '../inspect/queued-why.ts'
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function deliveryHandlers(os: Implementer, { store, inspector, dispatcher }: Services) {
  const { history } = store
  return {
    list: os.delivery.list.handler(async ({ input, signal }) => {
      const page = await history.page(input.filter, input.cursor, input.limit, signal)
      return { ...page, items: withQueuedWhy(dispatcher, page.items) }
    }),
    some: os.delivery.some.handler(({ input }) =>
      withQueuedWhy(dispatcher, history.some(input.ids)),
    ),
    get: os.delivery.get.handler(({ input }) => {
      const delivery = history.get(input.deliveryId)
      return withQueuedWhy(dispatcher, [delivery])[0] ?? delivery
    }),
    exchange: os.delivery.exchange.handler(({ input }) =>
      inspector.exchange(input.attemptId, input.whole),
    ),
    curl: os.delivery.curl.handler(({ input }) =>
      inspector.curl(input.attemptId, input.withSecrets),
    ),
    retryNow: os.delivery.retryNow.handler(({ input }) => ({
      retried: dispatcher.retryNow(history.unfinishedSeqs(input.deliveryIds)),
    })),
    stopRetrying: os.delivery.stopRetrying.handler(({ input }) => ({
      stopped: dispatcher.stopRetrying(history.unfinishedSeqs(input.deliveryIds)),
    })),
    cancel: os.delivery.cancel.handler(async ({ input }) => ({
      cancelled: await dispatcher.cancel(history.unfinishedSeqs(input.deliveryIds)),
    })),
  }
}
