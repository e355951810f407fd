/** The built-in Echo receiver: where it listens, what it answers, and the last requests it got. */
import { Button, Text, UnstyledButton } from '@mantine/core'
import { IconBolt, IconCircleCheck, IconCircleX, IconStethoscope } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ReceivedRequest, ReceivedRow, Receiver } from '#contract'
import { MessagePanel } from '../inspector/message-panel.tsx'
import { rawRequestOf } from '../inspector/raw-request.ts'
import { making } from '../state/made-event.ts'
import { receivers, useReceived, useReceivers } from '../state/receivers.ts'
import { doctor } from '../state/signature-doctor.ts'
import { formatBytes } from '../ui/bytes.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { say } from '../ui/say.ts'
import { SplitPane } from '../ui/split-pane.tsx'
import { AbsoluteTime, RelativeTime } from '../ui/time.tsx'
import classes from './captures.module.css'
import { ReceiverAnswer } from './receiver-answer.tsx'
import { ScriptEditor } from './script-editor.tsx'

export function CapturesScreen() {
  const { receivers: list, requests, isRead, problem } = useReceivers()
  // Up here, where no change of the window's width takes it away.
  const [isEditing, setEditing] = useState(false)
  const [chosenId, setChosenId] = useState<number | null>(null)
  useEffect(() => {
    receivers.open()
    return () => receivers.close()
  }, [])
  const [echo] = list
  return (
    <>
      {isEditing && echo ? (
        <ScriptEditor receiver={echo} onClose={() => setEditing(false)} />
      ) : null}
      <SplitPane
        id="captures"
        listPercent={36}
        isOpen={chosenId !== null}
        onClose={() => setChosenId(null)}
        list={
          <div className={classes.screen}>
            {problem === null ? null : <ErrorNote message={problem} />}
            {echo ? <ReceiverCard receiver={echo} onEdit={() => setEditing(true)} /> : null}
            {echo && isRead && requests.length === 0 ? <HowToSend url={echo.url} /> : null}
            <RequestList requests={requests} shownId={chosenId} onChoose={setChosenId} />
          </div>
        }
        detail={
          echo && chosenId !== null ? (
            <Received key={chosenId} receiver={echo} requestId={chosenId} />
          ) : (
            <EmptyState sentence="Choose a request to see its bytes." />
          )
        }
      />
    </>
  )
}

interface ReceivedProps {
  readonly receiver: Receiver
  readonly requestId: number
}

function Received({ receiver, requestId }: ReceivedProps) {
  const [isWhole, setWhole] = useState(false)
  const { value, problem } = useReceived(receiver.id, requestId, isWhole)
  return (
    <>
      {problem === null ? null : <ErrorNote message={problem} />}
      {value ? (
        <MessagePanel
          message={value.request}
          side="Request"
          order="as received"
          onLoadAll={isWhole ? undefined : () => setWhole(true)}
        >
          <ReceivedLine receiverId={receiver.id} request={value} />
        </MessagePanel>
      ) : null}
    </>
  )
}

interface ReceivedLineProps {
  readonly receiverId: Receiver['id']
  readonly request: ReceivedRequest
}

function ReceivedLine({ receiverId, request }: ReceivedLineProps) {
  return (
    <div className={classes.received}>
      <Text c="dimmed">
        Received <AbsoluteTime atMs={request.receivedAtMs} />
      </Text>
      <span className={classes.spring} />
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconStethoscope size={14} aria-hidden />}
        onClick={() => check(request)}
      >
        Check its signature
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconBolt size={14} aria-hidden />}
        onClick={() => making.open({ kind: 'received', receiverId, requestId: request.id })}
      >
        Make an event…
      </Button>
    </div>
  )
}

/** Hands the request to the signature doctor, as raw text. */
function check({ request }: ReceivedRequest): void {
  const raw = rawRequestOf(request)
  if ('problem' in raw) say(raw.problem)
  else doctor.openRaw(raw.text, raw.note)
}

interface ReceiverCardProps {
  readonly receiver: Receiver
  readonly onEdit: () => void
}

function ReceiverCard({ receiver, onEdit }: ReceiverCardProps) {
  const { name, url, listening, problem, received } = receiver
  return (
    <section className={classes.receiver} aria-label={`Receiver ${name}`}>
      <h2 className={classes.title}>
        {name}
        {listening ? (
          <span className={`${classes.state} ${classes.good}`}>
            <IconCircleCheck size={16} aria-hidden /> listening
          </span>
        ) : (
          <span className={`${classes.state} ${classes.bad}`}>
            <IconCircleX size={16} aria-hidden /> not listening
          </span>
        )}
      </h2>
      {problem === null ? null : <ErrorNote message={problem} />}
      <div className={classes.url}>
        <code>{url}</code>
        <CopyButton text={url} label="Copy the URL" />
      </div>
      <ReceiverAnswer receiver={receiver} onEdit={onEdit} />
      <p className={classes.sentence}>
        {received === 1 ? '1 request' : `${received} requests`} since the start; the last 100 are
        kept until Hookstage is closed.
      </p>
    </section>
  )
}

function HowToSend({ url }: { readonly url: string }) {
  const curl = `curl -X POST ${url} -H 'Content-Type: application/json' --data-raw '{"hello":"world"}'`
  return (
    <div className={classes.empty}>
      <p className={classes.sentence}>
        No requests yet. Aim a webhook here, or send one from a terminal:
      </p>
      <code className={classes.curl}>{curl}</code>
      <div>
        <CopyButton text={curl} label="Copy the command" />
      </div>
    </div>
  )
}

interface RequestListProps {
  readonly requests: readonly ReceivedRow[]
  readonly shownId: number | null
  readonly onChoose: (id: number) => void
}

function RequestList({ requests, shownId, onChoose }: RequestListProps) {
  return (
    <ul className={classes.list} aria-label="Last requests">
      {requests.map((request) => (
        <li key={request.id}>
          <UnstyledButton
            className={classes.row}
            aria-pressed={request.id === shownId}
            onClick={() => onChoose(request.id)}
          >
            <span className={classes.line}>{request.startLine.replace(/ HTTP\/[\d.]+$/, '')}</span>
            <span className={classes.quiet}>{request.contentType ?? 'no content type'}</span>
            <span className={classes.number}>{formatBytes(request.bodyBytes)}</span>
            <span className={`${classes.number} ${classes.quiet}`}>
              <RelativeTime atMs={request.receivedAtMs} />
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
