/** Signatures, asked of the core: fresh secrets, public keys, and what a request was signed with. */
import { useEffect, useState } from 'react'
import type { AttemptId, SecretText, SignatureView, SigningScheme } from '#contract'
import { type Asked, useAsked } from './asked.ts'
import { core, faultText } from './core.ts'
import type { Fetched } from './delivery-detail.ts'

const KEY_AFTER_MS = 120

/** A fresh secret for a scheme, as its own vendor would make it. */
export async function generateSecret(scheme: SigningScheme): Promise<SecretText> {
  const { secret } = await core().signing.generate({ scheme })
  return { kind: 'secret', text: secret }
}

async function askPublicKey(secret: SecretText, signal: AbortSignal): Promise<string | null> {
  if (secret.kind !== 'kept' && secret.text === '') return null
  return (await core().signing.publicKey({ secret }, { signal })).publicKey
}

/** What receivers verify an ed25519 secret with; null while it is no such key. */
export function usePublicKey(secret: SecretText): Asked<string> {
  return useAsked(secret, askPublicKey, KEY_AFTER_MS)
}

interface Signed {
  /** Null when the request was sent without a signature. */
  readonly signature: SignatureView | null
}

const NOTHING = { value: null, problem: null } as const

/** The signature of what an attempt sent, once the attempt has ended. */
export function useSignature(
  attemptId: AttemptId | null,
  finishedAtMs: number | null,
): Fetched<Signed> {
  const [fetched, setFetched] = useState<Fetched<Signed> & { readonly of: AttemptId }>()
  useEffect(() => {
    if (attemptId === null || finishedAtMs === null) return undefined
    const abort = new AbortController()
    const { signal } = abort
    const read = async () => {
      try {
        const value = await core().signing.view({ attemptId }, { signal })
        if (!signal.aborted) setFetched({ of: attemptId, value, problem: null })
      } catch (error) {
        if (!signal.aborted) setFetched({ of: attemptId, value: null, problem: faultText(error) })
      }
    }
    void read()
    return () => abort.abort()
  }, [attemptId, finishedAtMs])
  return fetched && fetched.of === attemptId ? fetched : NOTHING
}
