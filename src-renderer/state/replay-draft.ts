/**
 * What is chosen and typed for a replay before it is sent: what it begins as, the request that it
 * makes, and what of it outlives the dialog.
 */
import {
  emptySigning,
  type OwnSigning,
  type ReplayOriginal,
  type ReplayRequest,
  type ReplayReveal,
  type ReplaySigning,
  type ReplaySource,
  type SecretText,
  type SigningScheme,
  type WebhookId,
} from '#contract'
import { type Edits, type TypedRequest, typedOf } from './replay-edit.ts'

/** What the dialog was opened for. */
export type ReplayAim = 'sign' | 'edit' | 'elsewhere'

export type SignChoice =
  | { readonly kind: 'leave' }
  | { readonly kind: 'webhook'; readonly webhookId: WebhookId }
  | {
      readonly kind: 'typed'
      readonly scheme: SigningScheme
      readonly own: OwnSigning | null
      readonly secret: SecretText
    }

export interface ReplayDraft {
  readonly target: ReplayRequest['target']
  readonly sign: SignChoice
  readonly keepsId: boolean
  readonly typed: TypedRequest
  /** What of the original is shown though it holds a secret. */
  readonly revealed: ReplayReveal
}

const NO_SECRET: SecretText = { kind: 'secret', text: '' }

/** As the dialog opens, with nothing typed. */
export function firstDraft(
  original: ReplayOriginal,
  aim: ReplayAim,
  revealed: ReplayReveal,
): ReplayDraft {
  return {
    target:
      aim === 'elsewhere' ? { kind: 'url', url: { kind: 'plain', text: '' } } : { kind: 'own' },
    sign: firstSignChoice(original, aim),
    keepsId: true,
    typed: typedOf(original),
    revealed,
  }
}

function firstSignChoice({ webhookId, scheme }: ReplayOriginal, aim: ReplayAim): SignChoice {
  if (aim !== 'sign') return { kind: 'leave' }
  return webhookId !== null && scheme !== 'none'
    ? { kind: 'webhook', webhookId }
    : { kind: 'typed', scheme: 'standard', own: null, secret: NO_SECRET }
}

/** The same but for secrets to sign with that were typed: these are forgotten with the dialog. */
export function withoutSecret(draft: ReplayDraft): ReplayDraft {
  const { sign } = draft
  return sign.kind === 'typed' ? { ...draft, sign: { ...sign, secret: NO_SECRET } } : draft
}

export function requestOf(
  source: ReplaySource,
  { target, sign, keepsId }: ReplayDraft,
  { edited }: Edits,
): ReplayRequest {
  const signing = signingOf(sign)
  const kind = edited ? 'edited' : signing ? 're_signed' : 'as_sent'
  return { source, kind, target, signing, keepsId, edited }
}

function signingOf(choice: SignChoice): ReplaySigning | null {
  if (choice.kind === 'leave') return null
  if (choice.kind === 'webhook') return { webhookId: choice.webhookId }
  return {
    scheme: choice.scheme,
    own: choice.own ?? emptySigning().own,
    secret: choice.secret,
  }
}
