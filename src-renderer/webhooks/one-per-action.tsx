/** Makes one webhook for each action of a type, after showing which these are. */

import { Button } from '@mantine/core'
import { useState } from 'react'
import { catalogueEntry, EVENT_TYPE_LABELS, eventsOfType, type WebhookDraft } from '#contract'
import { faultText } from '../state/core.ts'
import { drafts } from '../state/drafts.ts'
import { goTo } from '../state/route.ts'
import { webhooks } from '../state/webhooks.ts'
import { counted } from '../ui/bytes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { orSay } from '../ui/or-say.ts'
import { say } from '../ui/say.ts'
import classes from './webhook-pane.module.css'

export function OnePerAction({ draft }: { readonly draft: WebhookDraft }) {
  const [isOpen, setOpen] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const { type } = catalogueEntry(draft.event)
  const actions = eventsOfType(type)
  const close = () => {
    setOpen(false)
    setProblem(null)
  }
  const create = async () => {
    setBusy(true)
    try {
      const { created, existing } = await webhooks.createForType(draft)
      close()
      await drafts.discard(null)
      goTo('webhooks', null)
      sayCreated(
        created.map(({ id }) => id),
        existing,
      )
    } catch (error) {
      setProblem(faultText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Create one per action
      </Button>
      <Dialog
        opened={isOpen}
        onClose={close}
        title={`A webhook for each action of ${EVENT_TYPE_LABELS[type]}`}
      >
        <p className={classes.modalText}>
          All have the settings of this form. Those that exist with the same endpoint are left out.
          {draft.format === 'template'
            ? ' The template is the same for all of them: where it names a field that an action’s event lacks, nothing is sent.'
            : ''}
        </p>
        <ul className={classes.actions}>
          {actions.map(({ name, label, description }) => (
            <li key={name}>
              <strong>{label}</strong> <span className={classes.quiet}>{description}</span>
            </li>
          ))}
        </ul>
        {problem === null ? null : <ErrorNote message={problem} />}
        <div className={classes.modalFoot}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={isBusy} onClick={() => void create()}>
            Create {actions.length} webhooks
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function sayCreated(ids: Parameters<typeof webhooks.delete>[0], existing: number): void {
  const made = `${counted(ids.length, 'webhook was', 'webhooks were')} created.`
  const left = existing === 0 ? '' : ` ${counted(existing, 'was', 'were')} there already.`
  const undo = () => {
    void orSay(webhooks.delete(ids))
  }
  say(made + left, ids.length === 0 ? {} : { action: { label: 'Undo', onClick: undo } })
}
