/** The built-in receivers and the requests they kept, live while somebody looks at them. */
import { create } from 'zustand'
import type { AnswerScript, ReceivedRequest, Receiver, ReceiverId } from '#contract'
import { core, faultText, onFact } from './core.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 400

interface ReceiversState {
  readonly receivers: readonly Receiver[]
  /** Newest first. */
  readonly requests: readonly ReceivedRequest[]
  readonly isRead: boolean
  readonly problem: string | null
}

export const useReceivers = create<ReceiversState>()(() => ({
  receivers: [],
  requests: [],
  isRead: false,
  problem: null,
}))

const { setState: set } = useReceivers

let isOpen = false
const beat = createPaced(async () => {
  try {
    const receivers = await core().receiver.list()
    const [echo] = receivers
    const requests = echo ? await core().receiver.recent({ receiverId: echo.id }) : []
    set({ receivers, requests, isRead: true, problem: null })
  } catch (error) {
    set({ problem: faultText(error) })
  }
}, BEAT_MS)

onFact((fact) => {
  if (!isOpen) return
  if (fact.kind === 'receiver.received' || fact.kind === 'status.changed') beat.request()
})

async function changed(call: Promise<Receiver>): Promise<void> {
  const next = await call
  set((state) => ({
    receivers: state.receivers.map((each) => (each.id === next.id ? next : each)),
  }))
}

export const receivers = {
  /** Fails with the core's reason and the parts that it is about. */
  setScript: (receiverId: ReceiverId, script: AnswerScript): Promise<void> =>
    changed(core().receiver.setScript({ receiverId, script })),
  restartScript: (receiverId: ReceiverId): Promise<void> =>
    changed(core().receiver.restartScript({ receiverId })),
  open: (): void => {
    isOpen = true
    beat.request()
  },
  close: (): void => {
    isOpen = false
    beat.cancel()
  },
}
