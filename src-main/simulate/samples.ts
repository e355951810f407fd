/** Payloads that the user keeps under a name, per event. */
import type { EventName, Sample, SampleId } from '#contract'
import { sendable } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/index.ts'

export interface Samples {
  list(): Sample[]
  /** A null id makes a new one. @throws AppError `not_found` */
  save(sample: {
    readonly sampleId: SampleId | null
    readonly event: EventName
    readonly name: string
    readonly payloadText: string
  }): Sample
  /** Can be undone with `restore` for a day. */
  delete(id: SampleId): void
  restore(id: SampleId): void
}

export function createSamples(deps: { store: Store; runtime: Runtime; hub: EventHub }): Samples {
  const { runtime, hub } = deps
  const { samples } = deps.store
  const changed = () => hub.publish({ kind: 'samples.changed' })

  function markDeleted(id: SampleId, deletedAtMs: number | null) {
    samples.markDeleted(id, deletedAtMs)
    changed()
  }

  return {
    list: () => samples.list(),
    save: ({ sampleId, event, name, payloadText }) => {
      const known = sampleId && samples.get(sampleId)
      if (sampleId && !known) {
        throw new AppError('not_found', 'This sample does not exist any more.')
      }
      const sample: Sample = {
        id: sampleId ?? (runtime.newId('smp') as SampleId),
        event,
        name,
        payloadText: sendable(payloadText),
        createdAtMs: known ? known.createdAtMs : runtime.nowMs(),
      }
      samples.put(sample)
      changed()
      return sample
    },
    delete: (id) => markDeleted(id, runtime.nowMs()),
    restore: (id) => markDeleted(id, null),
  }
}
