/** import.* and export.*: bringing requests, events and webhooks in, and taking them out. */
import { IMPORTED_RECEIVER } from '#contract'
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function importHandlers(os: Implementer, { importer, store }: Services) {
  return {
    recognise: os.import.recognise.handler(({ input }) => importer.recognise(input)),
    save: os.import.save.handler(({ input }) => importer.save(input)),
    count: os.import.count.handler(() => ({ requests: store.captures.count(IMPORTED_RECEIVER) })),
  }
}

export function exportHandlers(os: Implementer, { exporter }: Services) {
  return {
    write: os.export.write.handler(({ input, signal }) => begun(exporter.write(input, signal))),
  }
}

/** The same pieces; what is refused is refused by the call, before there is any. */
async function begun<T>(pieces: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await pieces.next()
  async function* all() {
    if (!first.done) yield first.value
    yield* pieces
  }
  return all()
}
