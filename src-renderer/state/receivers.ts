/** The built-in receivers and the requests they kept, live while somebody looks at them. */

import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { AnswerScript, ReceivedRequest, ReceivedRow, Receiver, ReceiverId } from '#contract'
import { core, faultText, onFact } from './core.ts'
import type { Fetched } from './delivery-detail.ts'
import { createPaced } from './paced.ts'

const BEAT_MS = 400

interface ReceiversState {
  readonly receivers: readonly Receiver[]
  /** Newest first. */
  readonly requests: readonly ReceivedRow[]
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

/** One request with its bytes; what was fetched stays, though the receiver has forgotten it. */
export function useReceived(
  receiverId: ReceiverId | undefined,
  requestId: number | null,
  whole: boolean,
): Fetched<ReceivedRequest> {
  const [fetched, setFetched] = useState<Fetched<ReceivedRequest> & { of: number }>()
  useEffect(() => {
    if (receiverId === undefined || requestId === null) return undefined
    const abort = new AbortController()
    const { signal } = abort
    const read = async () => {
      try {
        const value = await core().receiver.request({ receiverId, requestId, whole }, { signal })
        if (!signal.aborted) setFetched({ of: requestId, value, problem: null })
      } catch (error) {
        if (signal.aborted) return
        const problem = faultText(error)
        setFetched((before) => ({
          of: requestId,
          value: before?.of === requestId ? before.value : null,
          problem,
        }))
      }
    }
    void read()
    return () => abort.abort()
  }, [receiverId, requestId, whole])
  return fetched && fetched.of === requestId ? fetched : { value: null, problem: null }
}
