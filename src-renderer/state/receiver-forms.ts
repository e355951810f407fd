/** The forms of receivers: what stands in them, and what of it is kept while it is typed. */
import type { AnswerScript, Receiver, ReceiverKind, RehearsalSettings, SecretText } from '#contract'
import { createFormDrafts, type Typed } from './form-drafts.ts'

export interface ReceiverForm {
  readonly name: string
  readonly path: string
  /** As it stands in its field; empty: none. */
  readonly port: number | string
  readonly forwardTo: SecretText
}

export interface RehearsalForm extends Pick<RehearsalSettings, 'slackNoText' | 'webexStatus'> {
  readonly name: string
}

export interface NewReceiverForm {
  readonly name: string
  readonly kind: ReceiverKind
}

/** By the receiver's id. */
export const receiverDrafts = createFormDrafts<Typed<ReceiverForm>>()
export const rehearsalDrafts = createFormDrafts<Typed<RehearsalForm>>()
export const scriptDrafts = createFormDrafts<Typed<AnswerScript>>()
/** There is one at a time, of any key. */
export const newReceiverDrafts = createFormDrafts<Typed<NewReceiverForm>>()

export function receiverForm({ name, path, port, forwardTo }: Receiver): ReceiverForm {
  return { name, path, port: port ?? '', forwardTo }
}

export function rehearsalForm({ name, rehearsal }: Receiver): RehearsalForm {
  const { slackNoText, webexStatus } = rehearsal
  return { name, slackNoText, webexStatus }
}
