/** capture.*: what receivers recorded. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function captureHandlers(os: Implementer, { store, inspector, hub, runtime }: Services) {
  const { captures } = store
  const changed = () => {
    hub.publish({ kind: 'captures.changed' })
    return {}
  }
  return {
    list: os.capture.list.handler(async ({ input, signal }) => {
      const { items, nextCursor } = await captures.page(
        input.filter,
        input.cursor,
        input.limit,
        signal,
      )
      return { items: inspector.captureRows(items), nextCursor }
    }),
    get: os.capture.get.handler(({ input }) =>
      inspector.capture(captures.get(input.captureId), input.whole),
    ),
    setKept: os.capture.setKept.handler(({ input }) => {
      captures.setKept(input.captureIds, input.isKept)
      return changed()
    }),
    setNote: os.capture.setNote.handler(({ input }) => {
      captures.setNote(input.captureId, input.note)
      return changed()
    }),
    delete: os.capture.delete.handler(({ input }) => {
      captures.markDeleted(input.captureIds, runtime.nowMs())
      return changed()
    }),
    restore: os.capture.restore.handler(({ input }) => {
      captures.markDeleted(input.captureIds, null)
      return changed()
    }),
  }
}
