/** bulk.*: many replays at once. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function bulkHandlers(os: Implementer, { bulk }: Services) {
  return {
    gather: os.bulk.gather.handler(({ input }) => bulk.gather(input.source)),
    dryRun: os.bulk.dryRun.handler(({ input }) => bulk.dryRun(input.runId, input.manner)),
    start: os.bulk.start.handler(({ input: { runId, manner, pace, confirmedHosts } }) =>
      bulk.start(runId, manner, pace, confirmedHosts),
    ),
    pause: os.bulk.pause.handler(({ input }) => bulk.pause(input.runId)),
    resume: os.bulk.resume.handler(({ input }) => bulk.resume(input.runId)),
    cancel: os.bulk.cancel.handler(({ input }) => bulk.cancel(input.runId)),
    sendInterrupted: os.bulk.sendInterrupted.handler(({ input }) =>
      bulk.sendInterrupted(input.runId),
    ),
    list: os.bulk.list.handler(() => bulk.list()),
    get: os.bulk.get.handler(({ input }) => bulk.get(input.runId)),
    items: os.bulk.items.handler(({ input }) => {
      const { runId, state = null, answer = null, cursor = -1, limit } = input
      return bulk.items(runId, { state, answer, after: cursor, limit })
    }),
    answers: os.bulk.answers.handler(({ input }) => bulk.answers(input.runId)),
    delete: os.bulk.delete.handler(async ({ input }) => {
      await bulk.delete(input.runId)
      return {}
    }),
  }
}
