/** sample.*: payloads kept under a name. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function sampleHandlers(os: Implementer, { samples }: Services) {
  return {
    list: os.sample.list.handler(() => samples.list()),
    save: os.sample.save.handler(({ input }) => samples.save(input)),
    delete: os.sample.delete.handler(({ input }) => {
      samples.delete(input.sampleId)
      return {}
    }),
    restore: os.sample.restore.handler(({ input }) => {
      samples.restore(input.sampleId)
      return {}
    }),
  }
}
