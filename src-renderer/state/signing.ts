/** Signatures: a fresh secret, what a sent one was made of, and why one does not verify. */
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type {
  AttemptId,
  Diagnosis,
  DiagnosisRequest,
  SignatureView,
  SigningScheme,
} from '#contract'
import { core, faultText } from './core.ts'
import type { Fetched } from './delivery-detail.ts'

export function generateSecret(
  scheme: SigningScheme,
): Promise<{ secret: string; publicKey: string | null }> {
  return core().signing.generate({ scheme })
}

export function diagnose(request: DiagnosisRequest): Promise<Diagnosis> {
  return core().signing.diagnose(request)
}

/** The signature of an attempt's request; the value's `signature` is null where there is none. */
export function useSignature(
  attemptId: AttemptId | null,
): Fetched<{ readonly signature: SignatureView | null }> {
  const [fetched, setFetched] = useState<
    Fetched<{ signature: SignatureView | null }> & { of: AttemptId }
  >()
  useEffect(() => {
    if (attemptId === null) return undefined
    const abort = new AbortController()
    const { signal } = abort
    core()
      .signing.view({ attemptId }, { signal })
      .then(
        (value) => setFetched({ of: attemptId, value, problem: null }),
        (error: unknown) => {
          if (!signal.aborted) setFetched({ of: attemptId, value: null, problem: faultText(error) })
        },
      )
    return () => abort.abort()
  }, [attemptId])
  return fetched && fetched.of === attemptId ? fetched : { value: null, problem: null }
}

/** What the doctor is opened with. */
export interface DoctorCase {
  readonly request: DiagnosisRequest['request']
  readonly scheme: SigningScheme
}

interface DoctorState {
  readonly opened: DoctorCase | null
}

export const useDoctor = create<DoctorState>()(() => ({ opened: null }))

const PASTED: DoctorCase = { request: { kind: 'pasted', text: '' }, scheme: 'standard' }

export const doctor = {
  open: (about: DoctorCase = PASTED): void => useDoctor.setState({ opened: about }),
  close: (): void => useDoctor.setState({ opened: null }),
}
