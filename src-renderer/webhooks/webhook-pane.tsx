/** The form of one webhook with its live request beside it, and what can be done with both. */

import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { DeliveryId, FieldProblem, Webhook } from '#contract'
import { faultText } from '../state/core.ts'
import { drafts } from '../state/drafts.ts'
import { useTypingWish } from '../state/new-webhook.ts'
import { destinationOf, usePreview } from '../state/preview.ts'
import { goTo } from '../state/route.ts'
import { webhooks, webhookTitle } from '../state/webhooks.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { keyName } from '../ui/key-name.ts'
import { orSay } from '../ui/or-say.ts'
import { say } from '../ui/say.ts'
import { useEndpointFormat } from './endpoint-format.ts'
import { FieldNotesContext } from './field-notes.tsx'
import { type FormState, useFormState } from './form-state.ts'
import { OnePerAction } from './one-per-action.tsx'
import { PreviewPane } from './preview-pane.tsx'
import { useSampleChoice } from './sample-choice.ts'
import { WebhookForm } from './webhook-form.tsx'
import { WebhookMenu } from './webhook-menu.tsx'
import classes from './webhook-pane.module.css'

interface WebhookPaneProps {
  /** Null for one that does not exist yet. */
  readonly webhook: Webhook | null
  /** Told of the one that this form made; the same pane then shows it. */
  readonly onCreated: (created: Webhook) => void
}

export function WebhookPane({ webhook, onCreated }: WebhookPaneProps) {
  const form = useFormState(webhook, onCreated)
  const [fired, setFired] = useState<readonly DeliveryId[]>([])
  const [isSending, setSending] = useState(false)
  const [saved, setSaved] = useState(false)
  const element = useRef<HTMLDivElement>(null)
  const { draft } = form
  const sample = useSampleChoice(draft.event, webhook === null)
  const { event, seed, payloadText } = sample
  const wanted = payloadText === undefined ? { event, seed } : { event, seed, payloadText }
  const asked = usePreview({ webhookId: webhook?.id ?? null, draft, ...wanted })
  const format = useEndpointFormat(
    draft,
    webhook === null,
    asked.value?.destination ?? null,
    form.change,
  )
  const notes = useNotes(form, asked.value?.problems ?? [], webhook !== null)

  const settleFormat = async () => {
    const destination = await destinationOf(draft)
    if (destination !== null) format.settle(destination)
  }
  const save = async (): Promise<Webhook | null> => {
    if (form.isSaving) return null
    sample.keep()
    // Saved at once after the endpoint was typed, it has not chosen the format yet.
    const isOpen = webhook === null && asked.isBusy
    const answer = await form.save(isOpen ? settleFormat : undefined)
    if (answer === null) requestAnimationFrame(() => focusFirstError(element.current))
    else setSaved(true)
    return answer
  }
  const send = async () => {
    if (isSending || event !== draft.event) return
    setSending(true)
    try {
      const target = form.isDirty || webhook === null ? await save() : webhook
      if (target) setFired((await webhooks.fireSample(target.id, seed, payloadText)).deliveries)
    } catch (error) {
      say(faultText(error))
    } finally {
      setSending(false)
    }
  }
  useFocusWhenWished(element, webhook === null)
  useHotkeys(
    [
      ['mod+S', () => void save()],
      ['mod+Enter', ({ repeat }) => void (repeat || send())],
    ],
    [],
    true,
  )
  return (
    <div ref={element} className={classes.frame}>
      <div className={classes.pane}>
        <section className={classes.form} aria-label={webhook ? 'Edit webhook' : 'New webhook'}>
          <header className={classes.head}>
            <h2 className={classes.title}>{webhook ? webhookTitle(webhook) : 'New webhook'}</h2>
            {form.isDirty ? <span className={classes.unsaved}>not saved yet</span> : null}
            <span className={classes.spring} />
            {webhook ? <WebhookMenu webhook={webhook} /> : null}
          </header>
          <FieldNotesContext value={notes}>
            <div className={classes.scroll}>
              <WebhookForm
                draft={draft}
                preview={asked.value}
                onChange={form.change}
                onFormat={format.chosen}
              />
            </div>
          </FieldNotesContext>
          {form.fault === null ? null : <ErrorNote message={form.fault} />}
          <FormFoot
            form={form}
            webhook={webhook}
            wasSaved={saved && !form.isDirty}
            onSave={() => void save()}
          />
        </section>
        <PreviewPane
          draft={draft}
          asked={asked}
          sample={sample}
          savesFirst={form.isDirty || webhook === null}
          isSending={isSending}
          onSend={() => void send()}
          fired={fired}
          onForgetFired={() => setFired([])}
        />
      </div>
    </div>
  )
}

interface FormFootProps {
  readonly form: FormState
  readonly webhook: Webhook | null
  readonly wasSaved: boolean
  readonly onSave: () => void
}

function FormFoot({ form, webhook, wasSaved, onSave }: FormFootProps) {
  const cancel = () => {
    const id = webhook?.id ?? null
    const { draft, isDirty } = form
    goTo('webhooks', null)
    void orSay(drafts.discard(id))
    if (!isDirty) return
    const restore = () => {
      drafts.edit(id, draft)
      goTo('webhooks', id ?? 'new')
    }
    say('The changes were thrown away.', { action: { label: 'Undo', onClick: restore } })
  }
  return (
    <footer className={classes.foot}>
      {webhook === null ? <OnePerAction draft={form.draft} /> : null}
      <span className={classes.saved} role="status">
        {wasSaved ? 'Saved' : ''}
      </span>
      <span className={classes.spring} />
      <Button variant="default" onClick={cancel}>
        Cancel
      </Button>
      <Button
        loading={form.isSaving}
        rightSection={
          <span className={classes.key} aria-hidden>
            {keyName('S')}
          </span>
        }
        onClick={onSave}
      >
        Save
      </Button>
    </footer>
  )
}

/** What each field shows: warnings at once; errors when it was left, or saving was tried. */
function useNotes(form: FormState, live: readonly FieldProblem[], isSavedOne: boolean) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const { wasRefused, refusals, fix } = form
  return useMemo(() => {
    const found = new Map<string, FieldProblem>()
    for (const problem of [...refusals, ...live]) {
      found.set(`${problem.field} ${problem.message}`, problem)
    }
    const all = [...found.values()]
    return {
      problemsOf: (field: string) =>
        all.filter(
          (problem) =>
            problem.field === field &&
            (problem.severity === 'warning' || wasRefused || isSavedOne || touched.has(field)),
        ),
      touch: (field: string) =>
        setTouched((before) => (before.has(field) ? before : new Set(before).add(field))),
      fix,
    }
  }, [live, refusals, wasRefused, isSavedOne, touched, fix])
}

/** Who asked for a new webhook types its name next. */
function useFocusWhenWished(element: RefObject<HTMLElement | null>, isNew: boolean): void {
  const isWished = useTypingWish((state) => state.isWished)
  useEffect(() => {
    if (!isWished || !isNew) return
    useTypingWish.setState({ isWished: false })
    element.current?.querySelector<HTMLElement>('[data-field="name"]')?.focus()
  }, [isWished, isNew, element])
}

function focusFirstError(element: HTMLElement | null): void {
  const field = element?.querySelector<HTMLElement>(
    '[data-field][aria-invalid="true"], [data-field] [aria-invalid="true"]',
  )
  field?.focus()
  field?.scrollIntoView({ block: 'nearest' })
}
