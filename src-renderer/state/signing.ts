/** Signatures, asked of the core: fresh secrets, public keys, and what a request was signed with. */
import { useCallback } from 'react'
import type { AttemptId, SecretText, SignatureView, SigningScheme } from '#contract'
import { type Asked, useAsked } from './asked.ts'
import { core } from './core.ts'
import { isToBeTriedAgain, type Live, useLive } from './live.ts'

const KEY_AFTER_MS = 120
const BEAT_MS = 200

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

/** The signature of what an attempt sent, once the attempt has ended. */
export function useSignature(attemptId: AttemptId, finishedAtMs: number | null): Live<Signed> {
  const read = useCallback(
    (signal: AbortSignal) => core().signing.view({ attemptId }, { signal }),
    [attemptId],
  )
  return useLive(finishedAtMs === null ? null : attemptId, read, isToBeTriedAgain, BEAT_MS)
}
