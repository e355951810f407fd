/**
 * The signature doctor: what it was opened with, and the question that its fields make. It keeps
 * what was pasted while the page lives; secrets that were typed are forgotten when it is closed.
 */
import { create } from 'zustand'
import {
  type AttemptId,
  type DeliveryId,
  type Diagnosis,
  type DiagnosisRequest,
  emptySigning,
  type OwnSigning,
  type SecretText,
  type SigningScheme,
  type Webhook,
  type WebhookId,
} from '#contract'
import { type Asked, useAsked } from './asked.ts'
import { core } from './core.ts'
import { useWebhooks, webhookTitle } from './webhooks.ts'

const ASK_AFTER_MS = 250

/** A request that was recorded when it was sent. */
export interface RecordedRequest {
  readonly attemptId: AttemptId
  /** `attempt 1 to “Partner”` */
  readonly name: string
}

export interface Patient {
  /** Null: only what is pasted. */
  readonly recorded: RecordedRequest | null
  readonly text: string
  /** Null: chosen by what is pasted. */
  readonly scheme: SigningScheme | null
  /** What of the text is not as it arrived, in words. */
  readonly note: string | null
}

interface DoctorStore {
  readonly patient: Patient | null
  readonly lastText: string
}

export const useDoctor = create<DoctorStore>()(() => ({ patient: null, lastText: '' }))

const { getState: get, setState: set } = useDoctor

export const doctor = {
  /** With nothing but what was pasted last. */
  open: (): void =>
    set({ patient: { recorded: null, text: get().lastText, scheme: null, note: null } }),
  openRaw: (text: string, note: string | null): void =>
    set({ patient: { recorded: null, text, scheme: null, note } }),
  /** With what an attempt sent, and the scheme that it was signed by. */
  openAttempt: async (recorded: RecordedRequest, webhookId: WebhookId): Promise<void> => {
    const { signature } = await core().signing.view({ attemptId: recorded.attemptId })
    const scheme = signature?.scheme ?? presentScheme(webhookId)
    set({ patient: { recorded, text: get().lastText, scheme, note: null } })
  },
  /** With what the last attempt of a delivery sent, if there was one. */
  openDelivery: async (deliveryId: DeliveryId): Promise<void> => {
    const { attemptList, webhookId, webhookName, endpoint } = await core().delivery.get({
      deliveryId,
    })
    const attempt = attemptList.findLast(({ finishedAtMs }) => finishedAtMs !== null)
    if (!attempt) return doctor.open()
    const name = attemptName(attempt.number, webhookName || endpoint)
    return doctor.openAttempt({ attemptId: attempt.id, name }, webhookId)
  },
  keep: (text: string): void => set({ lastText: text }),
  close: (): void => set({ patient: null }),
}

export function attemptName(number: number, to: string): string {
  return `attempt ${number} to “${to}”`
}

function presentScheme(webhookId: WebhookId): SigningScheme | null {
  const { webhooks } = useWebhooks.getState()
  const scheme = webhooks.find(({ id }) => id === webhookId)?.signing.scheme ?? 'none'
  return scheme === 'none' ? null : scheme
}

/** Secrets that webhooks sign with, to choose from. */
export interface KnownSecret {
  readonly key: string
  readonly label: string
  readonly secret: SecretText
}

export function knownSecrets(webhooks: readonly Webhook[]): readonly KnownSecret[] {
  return webhooks.flatMap((webhook): KnownSecret[] => {
    const { scheme, secret, secondSecret } = webhook.signing
    if (scheme === 'none') return []
    return [secret, secondSecret].flatMap((each) =>
      each.kind === 'kept'
        ? [{ key: each.secretId, label: `${webhookTitle(webhook)}: ${each.mask}`, secret: each }]
        : [],
    )
  })
}

/** Its empty value stands for all secrets of the workspace. */
export const ANY_SECRET: SecretText = { kind: 'secret', text: '' }

export interface Consultation {
  readonly recorded: RecordedRequest | null
  readonly text: string
  readonly scheme: SigningScheme
  /** Null: as the webhook had it when the request was sent. */
  readonly own: OwnSigning | null
  readonly secret: SecretText
  /** The secret has to be typed, and none of the workspace's stands in for it. */
  readonly mustHaveSecret: boolean
}

/** What to ask the core; null while something is missing. */
export function questionOf(asked: Consultation): DiagnosisRequest | null {
  const { recorded, text, scheme, own, secret, mustHaveSecret } = asked
  if (recorded === null && text.trim() === '') return null
  if (mustHaveSecret && secret.kind !== 'kept' && secret.text === '') return null
  const parts = own ?? (recorded === null ? emptySigning().own : undefined)
  return {
    request:
      recorded === null
        ? { kind: 'pasted', text }
        : { kind: 'attempt', attemptId: recorded.attemptId },
    scheme,
    ...(scheme === 'own' && parts ? { own: parts } : {}),
    secret,
  }
}

async function ask(question: DiagnosisRequest | null, signal: AbortSignal) {
  return question === null ? null : core().signing.diagnose(question, { signal })
}

/** The diagnosis, made anew a moment after each change. */
export function useDiagnosis(question: DiagnosisRequest | null): Asked<Diagnosis> {
  return useAsked(question, ask, ASK_AFTER_MS)
}
