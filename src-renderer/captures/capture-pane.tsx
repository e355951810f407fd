/** One capture: the request as it came in, what was answered, where it was passed on to, its note. */
import { ActionIcon, Button, Menu, Tabs, Text, Textarea } from '@mantine/core'
import {
  IconBolt,
  IconDots,
  IconFileExport,
  IconMessages,
  IconPin,
  IconPinFilled,
  IconStethoscope,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import {
  type Capture,
  type CaptureId,
  IMPORT_KIND_LABELS,
  MAX_NOTE_CHARACTERS,
  type Receiver,
} from '#contract'
import { ComparePanel } from '../compare/compare-panel.tsx'
import { MessagePanel } from '../inspector/message-panel.tsx'
import { isShownWhole, rawRequestOf } from '../inspector/raw-request.ts'
import { ReplayMenu } from '../replay/replay-menu.tsx'
import { ReplayTree } from '../replay/replay-tree.tsx'
import { captures, useCapture } from '../state/captures.ts'
import { exporting } from '../state/exporting.ts'
import { making } from '../state/made-event.ts'
import { notes } from '../state/notes.ts'
import { useRemembered } from '../state/remembered.ts'
import { doctor } from '../state/signature-doctor.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { orSay } from '../ui/or-say.ts'
import { say } from '../ui/say.ts'
import { AbsoluteTime } from '../ui/time.tsx'
import { removeCaptures } from './capture-list.tsx'
import classes from './captures.module.css'

interface CapturePaneProps {
  readonly id: CaptureId
  readonly receivers: readonly Receiver[]
  readonly onGone: () => void
  /** Back to the channel that it is of; null when there is none. */
  readonly onShowChannel: (() => void) | null
}

export function CapturePane({ id, receivers, onGone, onShowChannel }: CapturePaneProps) {
  const [isWhole, setWhole] = useState(false)
  const { value: capture, problem } = useCapture(id, isWhole)
  if (!capture) {
    return problem === null ? (
      <Text className={classes.waiting}>Reading the capture…</Text>
    ) : (
      <ErrorNote message={problem} />
    )
  }
  const receiver = receivers.find((each) => each.id === capture.receiverId)
  return (
    <article className={classes.pane} aria-label="Capture">
      <header className={classes.paneHead}>
        <div className={classes.headline}>
          <h2 className={classes.title}>
            {capture.imported
              ? `Imported from ${IMPORT_KIND_LABELS[capture.imported.from]}`
              : (receiver?.name ?? 'A receiver that was deleted')}
          </h2>
          <p className={classes.sentence}>
            {capture.imported ? 'Imported ' : 'Received '}
            <AbsoluteTime atMs={capture.receivedAtMs} />
            {capture.isChunked ? ' · sent in chunks, kept without their framing' : ''}
          </p>
          {capture.imported ? <ImportedFrom imported={capture.imported} /> : null}
        </div>
        {onShowChannel ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconMessages size={14} aria-hidden />}
            onClick={onShowChannel}
          >
            Channel
          </Button>
        ) : null}
        <CaptureActions capture={capture} onGone={onGone} />
      </header>
      {problem === null ? null : <ErrorNote message={problem} />}
      {capture.problem === null ? null : <ErrorNote message={capture.problem} />}
      <Note key={capture.id} capture={capture} />
      <div className={classes.replays}>
        <ReplayTree place={{ captureId: capture.id }} currentId={capture.id} />
      </div>
      <Messages capture={capture} onLoadAll={isWhole ? undefined : () => setWhole(true)} />
    </article>
  )
}

function ImportedFrom({
  imported: { url, sentAtMs },
}: {
  readonly imported: NonNullable<Capture['imported']>
}) {
  return (
    <p className={classes.madeFor}>
      {url === '' ? 'Nothing says where it was for.' : `For ${url}`}
      {sentAtMs === null ? null : (
        <>
          {', sent '}
          <AbsoluteTime atMs={sentAtMs} />
        </>
      )}
    </p>
  )
}

function CaptureActions({
  capture,
  onGone,
}: {
  readonly capture: Capture
  readonly onGone: () => void
}) {
  const { id, isKept, imported } = capture
  return (
    <div className={classes.actions}>
      <Button
        size="xs"
        variant="default"
        aria-pressed={isKept}
        leftSection={
          isKept ? <IconPinFilled size={14} aria-hidden /> : <IconPin size={14} aria-hidden />
        }
        onClick={() => void orSay(captures.setKept([id], !isKept))}
      >
        {isKept ? 'Kept' : 'Keep'}
      </Button>
      {capture.problem === null ? (
        <ReplayMenu source={{ kind: 'capture', captureId: id }} isImported={imported !== null} />
      ) : null}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconBolt size={14} aria-hidden />}
        onClick={() => making.open({ kind: 'capture', captureId: id })}
      >
        Make an event…
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size={30} aria-label="More for this capture">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconFileExport size={14} aria-hidden />}
            onClick={() =>
              exporting.open({ source: { kind: 'captures', ids: [id] }, words: 'this capture' })
            }
          >
            Export…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconStethoscope size={14} aria-hidden />}
            onClick={() => void orSay(check(capture))}
          >
            Check its signature
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => void removeCaptures([id]).then((isDone) => isDone && onGone())}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

/** Hands the request to the signature doctor, as raw text. */
async function check({ id, request: shown }: Capture): Promise<void> {
  const request = shown && !isShownWhole(shown) ? (await captures.whole(id)).request : shown
  const raw = request ? rawRequestOf(request) : { problem: 'There is no request to check.' }
  if ('problem' in raw) say(raw.problem)
  else doctor.openRaw(raw.text, raw.note)
}

/** Saved a moment after it was typed, and when the field is left. */
function Note({ capture: { id, note } }: { readonly capture: Capture }) {
  const [typed, setTyped] = useState(notes.typed(id) ?? note)
  return (
    <Textarea
      size="xs"
      aria-label="Note"
      placeholder="Note: what this request shows"
      autosize
      minRows={1}
      maxRows={4}
      maxLength={MAX_NOTE_CHARACTERS}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value)
        notes.edit(id, value)
      }}
      onBlur={() => void orSay(notes.save(id))}
    />
  )
}

const TABS = ['request', 'answer', 'passed-on', 'compare'] as const
type Tab = (typeof TABS)[number]

function isTab(value: unknown): value is Tab {
  return TABS.some((tab) => tab === value)
}

interface MessagesProps {
  readonly capture: Capture
  readonly onLoadAll: (() => void) | undefined
}

function Messages({ capture, onLoadAll }: MessagesProps) {
  const [kept, setTab] = useRemembered<Tab>('captures.tab', 'request', isTab)
  const { request, response, forwarded } = capture
  const tab = kept === 'passed-on' && !forwarded ? 'request' : kept
  return (
    <Tabs
      className={classes.tabs}
      value={tab}
      onChange={(value) => isTab(value) && setTab(value)}
      keepMounted={false}
    >
      <Tabs.List>
        <Tabs.Tab value="request">Request</Tabs.Tab>
        <Tabs.Tab value="answer">Answer</Tabs.Tab>
        {forwarded ? <Tabs.Tab value="passed-on">Passed on</Tabs.Tab> : null}
        <Tabs.Tab value="compare">Compare</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="request" className={classes.panel}>
        {request ? (
          <MessagePanel
            message={request}
            side="Request"
            order={capture.imported ? 'as imported' : 'as received'}
            onLoadAll={onLoadAll}
          />
        ) : (
          <p className={classes.waiting}>Nothing came in.</p>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="answer" className={classes.panel}>
        {response ? (
          <MessagePanel
            message={response}
            side="Response"
            order={capture.imported ? 'as imported' : 'as sent'}
            onLoadAll={onLoadAll}
          />
        ) : (
          <p className={classes.waiting}>
            {capture.imported
              ? 'No answer came with it.'
              : 'There was no answer, or it is still on its way.'}
          </p>
        )}
      </Tabs.Panel>
      {forwarded ? (
        <Tabs.Panel value="passed-on" className={classes.panel}>
          <p className={classes.passedOn}>
            To {forwarded.origin}: {forwarded.reason}
          </p>
          {forwarded.request ? (
            <MessagePanel
              message={forwarded.request}
              side="Request"
              order="as sent"
              onLoadAll={onLoadAll}
            />
          ) : null}
          {forwarded.response ? (
            <MessagePanel
              message={forwarded.response}
              side="Response"
              order="as received"
              onLoadAll={onLoadAll}
            />
          ) : null}
        </Tabs.Panel>
      ) : null}
      <Tabs.Panel value="compare" className={classes.panel}>
        <ComparePanel
          place={{ captureId: capture.id }}
          shown={{ kind: 'capture', captureId: capture.id }}
          id={capture.id}
        />
      </Tabs.Panel>
    </Tabs>
  )
}
