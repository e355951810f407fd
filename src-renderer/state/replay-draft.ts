/**
 * What is chosen and typed for a replay before it is sent: what it begins as, the request that it
 * makes, and what of it outlives the dialog.
 */
import {
  emptySigning,
  type ReplayOriginal,
  type ReplayRequest,
  type ReplayReveal,
  type ReplaySigning,
  type ReplaySource,
} from '#contract'
import { type Edits, type TypedRequest, typedOf } from './replay-edit.ts'

/** What the dialog was opened for. */
export type ReplayAim = 'sign' | 'edit' | 'elsewhere'

export interface ReplayDraft {
  readonly target: ReplayRequest['target']
  /** Null: as it was. */
  readonly signing: ReplaySigning | null
  readonly keepsId: boolean
  readonly typed: TypedRequest
  /** What of the original is shown though it holds a secret. */
  readonly revealed: ReplayReveal
}

export type TypedSigning = Extract<ReplaySigning, { secret: unknown }>

/** What typing a scheme and secret begins with. */
export const FIRST_TYPED: TypedSigning = {
  scheme: 'standard',
  own: emptySigning().own,
  secret: { kind: 'secret', text: '' },
}

/** As the dialog opens, with nothing typed. */
export function firstDraft(
  original: ReplayOriginal,
  aim: ReplayAim,
  revealed: ReplayReveal,
): ReplayDraft {
  return {
    target:
      aim === 'elsewhere' ? { kind: 'url', url: { kind: 'plain', text: '' } } : { kind: 'own' },
    signing: firstSigning(original, aim),
    keepsId: true,
    typed: typedOf(original),
    revealed,
  }
}

function firstSigning({ webhookId, scheme }: ReplayOriginal, aim: ReplayAim): ReplaySigning | null {
  if (aim !== 'sign') return null
  return webhookId !== null && scheme !== 'none' ? { webhookId } : FIRST_TYPED
}

/** The same but for secrets to sign with that were typed: these are forgotten with the dialog. */
export function withoutSecret<Draft extends { readonly signing: ReplaySigning | 'own' | null }>(
  draft: Draft,
): Draft {
  const { signing } = draft
  if (signing === null || signing === 'own' || !('secret' in signing)) return draft
  return { ...draft, signing: { ...signing, secret: FIRST_TYPED.secret } }
}

export function requestOf(
  source: ReplaySource,
  { target, signing, keepsId }: ReplayDraft,
  { edited }: Edits,
): ReplayRequest {
  const kind = edited ? 'edited' : signing ? 're_signed' : 'as_sent'
  return { source, kind, target, signing, keepsId, edited }
}
