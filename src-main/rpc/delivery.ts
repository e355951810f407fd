/** delivery.*: the history, its bytes, cancelling. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function deliveryHandlers(os: Implementer, { store, inspector, dispatcher }: Services) {
  const { history } = store
  return {
    list: os.delivery.list.handler(({ input, signal }) =>
      history.page(input.filter, input.cursor, input.limit, signal),
    ),
    some: os.delivery.some.handler(({ input }) => history.some(input.ids)),
    get: os.delivery.get.handler(({ input }) => history.get(input.deliveryId)),
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
