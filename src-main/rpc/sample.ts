/** sample.*: payloads kept under a name. */
import type { SampleId } from '#contract'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function sampleHandlers(os: Implementer, { store, hub, runtime }: Services) {
  const { samples } = store
  const changed = () => hub.publish({ kind: 'samples.changed' })

  function markDeleted(id: SampleId, deletedAtMs: number | null) {
    samples.markDeleted(id, deletedAtMs)
    changed()
    return {}
  }

  return {
    list: os.sample.list.handler(() => samples.list()),
    save: os.sample.save.handler(({ input }) => {
      const known = input.sampleId && samples.get(input.sampleId)
      if (input.sampleId && !known) {
        throw new AppError('not_found', 'This sample does not exist any more.')
      }
      const id = input.sampleId ?? (runtime.newId('smp') as SampleId)
      const { event, name, payloadText } = input
      const createdAtMs = known ? known.createdAtMs : runtime.nowMs()
      const sample = { id, event, name, payloadText, createdAtMs }
      samples.put(sample)
      changed()
      return sample
    }),
    delete: os.sample.delete.handler(({ input }) => markDeleted(input.sampleId, runtime.nowMs())),
    restore: os.sample.restore.handler(({ input }) => markDeleted(input.sampleId, null)),
  }
}
