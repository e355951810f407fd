/** One event: its payload as form and as JSON, who would receive it, and firing it. */
import { Button, SegmentedControl, Switch } from '@mantine/core'
import { IconBolt, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { type EventName, eventLabel } from '#contract'
import { faultText } from '../state/core.ts'
import { useRemembered } from '../state/remembered.ts'
import { goTo } from '../state/route.ts'
import { simulator, useJudgement, useSimulator } from '../state/simulator.ts'
import type { PayloadDraft } from '../state/simulator-drafts.ts'
import { useWebhooks } from '../state/webhooks.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { onceHeld } from '../ui/once-held.ts'
import { say } from '../ui/say.ts'
import { Audience } from './audience.tsx'
import { FiringResult } from './firing-result.tsx'
import { IssueList } from './issue-list.tsx'
import { PayloadEditor } from './payload-editor.tsx'
import { faultOf } from './payload-fault.ts'
import { PayloadForm } from './payload-form.tsx'
import { PayloadToolbar } from './payload-toolbar.tsx'
import classes from './simulator.module.css'

const MODIFIER = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl+'

type Mode = 'form' | 'json'

interface EventPaneProps {
  readonly event: EventName
  readonly onAddWebhook: (event: EventName) => void
}

export function EventPane({ event, onAddWebhook }: EventPaneProps) {
  const draft = useSimulator((state) => state.drafts[event])
  const problem = useSimulator((state) => state.problem)
  if (!draft || draft.original === null) {
    return (
      <div className={classes.waiting}>
        {problem === null ? 'Making the payload…' : <ErrorNote message={problem} />}
      </div>
    )
  }
  return <LoadedPane event={event} draft={draft} problem={problem} onAddWebhook={onAddWebhook} />
}

interface LoadedPaneProps extends EventPaneProps {
  readonly draft: PayloadDraft
  readonly problem: string | null
}

function LoadedPane({ event, draft, problem, onAddWebhook }: LoadedPaneProps) {
  const schema = useSimulator((state) => state.schemas[event])
  const firing = useSimulator((state) => state.firings[event])
  const webhooks = useWebhooks((state) => state.webhooks)
  const [mode, setMode] = useRemembered('simulator.view', 'form', isMode)
  const [place, setPlace] = useState<{ offset: number } | null>(null)
  const { issues, audience, problem: unjudged } = useJudgement(event, draft.text, webhooks)
  const failure = problem ?? unjudged
  const fault = faultOf(draft.text)
  const edit = (text: string) => simulator.edit(event, text)
  return (
    <div className={classes.pane}>
      <header className={classes.paneHead}>
        <h2 className={classes.title}>{eventLabel(event)}</h2>
        <code className={classes.quiet}>{event}</code>
      </header>
      <PayloadToolbar event={event} draft={draft} />
      <div className={classes.work}>
        <div className={classes.payload}>
          <div className={classes.payloadHead}>
            <SegmentedControl
              size="xs"
              aria-label="Payload view"
              value={mode}
              onChange={(value) => setMode(value === 'form' ? 'form' : 'json')}
              data={[
                { value: 'form', label: 'Form' },
                { value: 'json', label: 'JSON' },
              ]}
            />
            <span className={classes.fault} role="status">
              {fault ?? ''}
            </span>
            <IssueList
              issues={fault === null ? issues : []}
              onShow={mode === 'json' ? (offset) => setPlace({ offset }) : undefined}
            />
          </div>
          <div className={classes.payloadBody}>
            {mode === 'json' || !schema ? (
              <PayloadEditor
                key={event}
                text={draft.text}
                schema={schema}
                issues={issues}
                place={place}
                onChange={edit}
              />
            ) : (
              <PayloadForm
                key={event}
                text={draft.text}
                schema={schema}
                onChange={edit}
                onShowJson={() => setMode('json')}
              />
            )}
          </div>
        </div>
        <div className={classes.outcomes}>
          {failure === null ? null : <ErrorNote message={failure} />}
          {firing ? <FiringResult firing={firing} title="Last firing" /> : null}
          <Audience
            event={event}
            rows={audience}
            payloadText={draft.text}
            onAddWebhook={() => onAddWebhook(event)}
          />
        </div>
      </div>
      <FireBar event={event} fault={fault} />
    </div>
  )
}

function FireBar({ event, fault }: { readonly event: EventName; readonly fault: string | null }) {
  const stamp = useSimulator((state) => state.stamp)
  const isFiring = useSimulator((state) => state.isFiring)
  return (
    <footer className={classes.fireBar}>
      <Switch
        label="New id and time on each fire"
        checked={stamp}
        onChange={(change) => simulator.setStamp(change.currentTarget.checked)}
      />
      <span className={classes.spring} />
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden />}
        title="Sends it to Echo, which fails twice and then takes it"
        disabled={fault !== null}
        onClick={() => void showRetry(event)}
      >
        Show a retry
      </Button>
      <Button
        leftSection={<IconBolt size={16} aria-hidden />}
        rightSection={<kbd className={classes.key}>{MODIFIER}↵</kbd>}
        disabled={fault !== null}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        loading={isFiring}
        onKeyDown={onceHeld}
        onClick={() => void simulator.fire(event)}
      >
        Fire
      </Button>
    </footer>
  )
}

async function showRetry(event: EventName): Promise<void> {
  try {
    const id = await simulator.showRetry(event)
    if (id) goTo('deliveries', id)
  } catch (error) {
    say(faultText(error))
  }
}

function isMode(value: unknown): value is Mode {
  return value === 'form' || value === 'json'
}
