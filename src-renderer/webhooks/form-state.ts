/**
 * The form of one webhook: what is in it, what stands against it, and saving. Edits live in the
 * drafts store, so that the form is the same after another screen or a reload.
 */
import { useCallback, useMemo, useState } from 'react'
import type { FieldProblem, Webhook, WebhookDraft, WebhookId } from '#contract'
import { faultOf, faultText } from '../state/core.ts'
import { drafts, useDrafts } from '../state/drafts.ts'
import { blankDraft } from '../state/new-webhook.ts'
import { revealSecret } from '../state/preview.ts'
import { webhooks } from '../state/webhooks.ts'
import { say } from '../ui/say.ts'
import { draftOf, fixedDraft, isSameDraft } from './draft-edit.ts'

export type Edit = (draft: WebhookDraft) => WebhookDraft

export interface FormState {
  readonly draft: WebhookDraft
  /** There is something that is not saved. */
  readonly isDirty: boolean
  readonly isSaving: boolean
  /** What saving failed for besides the fields, in words. */
  readonly fault: string | null
  /** Saving was tried in vain: every field then shows what stands against it. */
  readonly wasRefused: boolean
  /** What the core found when it refused to save. */
  readonly refusals: readonly FieldProblem[]
  readonly change: (edit: Edit) => void
  readonly fix: (problem: FieldProblem) => void
  /**
   * Saves it and shows it as saved. The saved webhook, or null when it was refused.
   * @param before what may still change the form
   */
  readonly save: (before?: () => Promise<void>) => Promise<Webhook | null>
}

/** @param onCreated told of a webhook that this form made, before the form is that webhook's */
export function useFormState(
  webhook: Webhook | null,
  onCreated: (created: Webhook) => void,
): FormState {
  const id: WebhookId | null = webhook?.id ?? null
  const base = useMemo(() => (webhook ? draftOf(webhook) : blankDraft()), [webhook])
  const stored = useDrafts((state) => state.drafts.get(id ?? 'new'))
  const [isSaving, setSaving] = useState(false)
  const [refusal, setRefusal] = useState<{
    problems: readonly FieldProblem[]
    fault: string | null
  }>()
  const draft = stored ?? base
  const latest = () => useDrafts.getState().drafts.get(id ?? 'new') ?? base

  const change = useCallback(
    (edit: Edit) => {
      const now = useDrafts.getState().drafts.get(id ?? 'new') ?? base
      const next = edit(now)
      if (next === now) return
      setRefusal((before) => before && { problems: [], fault: null })
      if (isSameDraft(next, base)) drafts.discard(id).catch(() => undefined)
      else drafts.edit(id, next)
    },
    [id, base],
  )
  const fix = (problem: FieldProblem) => {
    fixedDraft(draft, problem, revealSecret)
      .then((fixed) => change(() => fixed))
      .catch((error: unknown) => say(faultText(error)))
  }
  const save: FormState['save'] = async (before) => {
    setSaving(true)
    try {
      await before?.()
      await drafts.flush()
      const sent = latest()
      const saved = await webhooks.save(id, sent)
      setRefusal(undefined)
      // What was typed while it was being saved is a draft still.
      const typed = latest()
      if (id === null) {
        if (typed !== sent) drafts.edit(saved.id, typed)
        onCreated(saved)
      }
      if (typed === sent) drafts.forget(id)
      else if (id === null) drafts.discard(null).catch(() => undefined)
      return saved
    } catch (error) {
      const { message, problems } = faultOf(error)
      setRefusal({ problems, fault: problems.length > 0 ? null : message })
      return null
    } finally {
      setSaving(false)
    }
  }
  return {
    draft,
    isDirty: stored !== undefined && !isSameDraft(stored, base),
    isSaving,
    fault: refusal?.fault ?? null,
    wasRefused: refusal !== undefined,
    refusals: refusal?.problems ?? [],
    change,
    fix,
    save,
  }
}
