/** The receivers, live while somebody looks at them, and what can be done with them. */
import { create } from 'zustand'
import type {
  AnswerScript,
  Receiver,
  ReceiverChange,
  ReceiverId,
  ReceiverKind,
  RehearsalSettings,
} from '#contract'
import { core, onFact, readFaultText } from './core.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 400

interface ReceiversState {
  readonly receivers: readonly Receiver[]
  readonly isRead: boolean
  readonly problem: string | null
}

export const useReceivers = create<ReceiversState>()(() => ({
  receivers: [],
  isRead: false,
  problem: null,
}))

const { setState: set } = useReceivers

let isOpen = false
const beat = createPaced(async () => {
  try {
    set({ receivers: await core().receiver.list(), isRead: true, problem: null })
  } catch (error) {
    set({ problem: readFaultText(error) })
  }
}, BEAT_MS)

onFact((fact) => {
  if (!isOpen) return
  if (fact.kind === 'captures.changed' || fact.kind === 'status.changed') beat.request()
})

async function changed(call: Promise<Receiver>): Promise<Receiver> {
  const next = await call
  set(({ receivers }) => ({
    receivers: receivers.some(({ id }) => id === next.id)
      ? receivers.map((each) => (each.id === next.id ? next : each))
      : [...receivers, next],
  }))
  return next
}

/** All fail with the core's reason and the fields that it is about. */
export const receivers = {
  create: (name: string, kind: ReceiverKind): Promise<Receiver> =>
    changed(core().receiver.create({ name, kind })),
  update: (receiverId: ReceiverId, change: ReceiverChange): Promise<Receiver> =>
    changed(core().receiver.update({ receiverId, change })),
  delete: async (receiverId: ReceiverId): Promise<void> => {
    await core().receiver.delete({ receiverId })
    set((state) => ({ receivers: state.receivers.filter(({ id }) => id !== receiverId) }))
  },
  restore: async (receiverId: ReceiverId): Promise<void> => {
    await core().receiver.restore({ receiverId })
    beat.request()
  },
  setScript: (receiverId: ReceiverId, script: AnswerScript): Promise<Receiver> =>
    changed(core().receiver.setScript({ receiverId, script })),
  setRehearsal: (receiverId: ReceiverId, settings: RehearsalSettings): Promise<Receiver> =>
    changed(core().receiver.setRehearsal({ receiverId, settings })),
  restartScript: (receiverId: ReceiverId): Promise<Receiver> =>
    changed(core().receiver.restartScript({ receiverId })),
  /** Once, for who only looks them up. */
  refresh: (): void => beat.request(),
  open: (): void => {
    isOpen = true
    beat.request()
  },
  close: (): void => {
    isOpen = false
    beat.cancel()
  },
}
