/**
 * A recorded body in the ways it can be read: as the message that a chat shows of it, raw (every
 * byte, those that are no text as escapes), pretty, as form fields, or as a hex dump. All are views of the same bytes.
 */
import { Button, SegmentedControl } from '@mantine/core'
import { useMemo } from 'react'
import type { MessageView } from '#contract'
import { MessagePreview } from '../message/message-preview.tsx'
import { useRemembered } from '../state/remembered.ts'
import { formatBytes } from '../ui/bytes.ts'
import { WireView } from '../ui/wire-view.tsx'
import { FormFields } from './form-fields.tsx'
import { HexView } from './hex-view.tsx'
import classes from './message.module.css'
import { bytesOfBase64, readableText } from './wire-text.ts'

const MODES = ['message', 'raw', 'pretty', 'form', 'hex'] as const
type Mode = (typeof MODES)[number]
const MODE_LABELS: Readonly<Record<Mode, string>> = {
  message: 'Message',
  raw: 'Raw',
  pretty: 'Pretty',
  form: 'Form',
  hex: 'Hex',
}

/** How much of a body that is no text is shown as text. */
const BINARY_BYTES = 256 * 1024

interface BodyViewProps {
  readonly message: MessageView
  /** `Request body`. */
  readonly label: string
  /** Fetches what lies beyond the first part. */
  readonly onLoadAll?: (() => void) | undefined
}

export function BodyView({ message, label, onLoadAll }: BodyViewProps) {
  const { body, bodyBytes, contentType } = message
  const [chosen, setChosen] = useRemembered<Mode | null>('inspector.body', null, isModeOrNull)
  const bytes = useMemo(() => bytesOfBase64(body.base64), [body.base64])
  const mode = chosen !== null && canShow(message, chosen) ? chosen : naturalMode(message)
  return (
    <section className={classes.body} aria-label={label}>
      <div className={classes.bar}>
        <h3 className={classes.heading}>Body</h3>
        <SegmentedControl
          size="xs"
          aria-label={`${label}: view`}
          value={mode}
          onChange={(value) => setChosen(MODES.find((one) => one === value) ?? null)}
          data={MODES.filter((value) => value !== 'message' || message.message).map((value) => ({
            value,
            label: MODE_LABELS[value],
            disabled: !canShow(message, value),
          }))}
        />
        <span className={classes.quiet}>{formatBytes(bodyBytes)}</span>
        {contentType ? <span className={classes.quiet}>{contentType}</span> : null}
      </div>
      <BodyNotes message={message} onLoadAll={onLoadAll} />
      <div className={classes.content} data-mode={mode}>
        {bodyBytes === 0 ? (
          <p className={classes.nothing}>The body is empty.</p>
        ) : (
          <BodyContent message={message} bytes={bytes} mode={mode} label={label} />
        )}
      </div>
    </section>
  )
}

interface BodyContentProps {
  readonly message: MessageView
  readonly bytes: Uint8Array
  readonly mode: Mode
  readonly label: string
}

function BodyContent({ message, bytes, mode, label }: BodyContentProps) {
  switch (mode) {
    case 'message':
      return message.message ? <MessagePreview message={message.message} /> : null
    case 'raw':
      return <RawView bytes={bytes} label={label} />
    case 'pretty':
      return (
        <WireView text={message.body.pretty ?? ''} language="json" label={`${label}, pretty`} />
      )
    case 'form':
      return <FormFields fields={message.body.form ?? []} />
    case 'hex':
      return <HexView bytes={bytes} label={`${label}, hex`} />
  }
}

function RawView({ bytes, label }: { readonly bytes: Uint8Array; readonly label: string }) {
  const { text, escapedBytes, isCut } = useMemo(() => readableStart(bytes), [bytes])
  return (
    <div className={classes.raw}>
      {escapedBytes > 0 ? (
        <p className={classes.rawNote}>
          {escapedBytes === 1 ? '1 byte is' : `${escapedBytes} bytes are`} not UTF-8 text and shown
          as \xNN.{isCut ? ' This is the beginning; Hex has all of it.' : ''}
        </p>
      ) : null}
      <WireView text={text} language="text" label={`${label}, raw`} />
    </div>
  )
}

/** Escapes of a large binary body are of no use to anyone, and slow: its beginning is enough. */
function readableStart(bytes: Uint8Array) {
  const start = readableText(bytes.subarray(0, BINARY_BYTES))
  if (bytes.length <= BINARY_BYTES) return { ...start, isCut: false }
  // A character cut in two at the border is no sign of a binary body.
  if (start.escapedBytes > 3) return { ...start, isCut: true }
  return { ...readableText(bytes), isCut: false }
}

interface BodyNotesProps {
  readonly message: MessageView
  readonly onLoadAll: (() => void) | undefined
}

function BodyNotes({ message, onLoadAll }: BodyNotesProps) {
  const { body, bodyBytes, truncated, contentEncoding } = message
  const isPart = body.shownBytes < bodyBytes && !truncated
  const notes = [
    truncated
      ? `The recording stopped at ${formatBytes(body.shownBytes)}; the rest was not kept.`
      : null,
    contentEncoding ? `Encoded as ${contentEncoding}: Raw and Hex show the encoded bytes.` : null,
    body.note,
  ].filter((note) => note !== null)
  return (
    <>
      {isPart ? (
        <div className={classes.bar}>
          <p className={classes.note}>
            The first {formatBytes(body.shownBytes)} of {formatBytes(bodyBytes)} are shown.
          </p>
          {onLoadAll ? (
            <Button size="compact-xs" variant="default" onClick={onLoadAll}>
              Load all
            </Button>
          ) : null}
        </div>
      ) : null}
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
    </>
  )
}

function isModeOrNull(value: unknown): value is Mode | null {
  return value === null || MODES.some((mode) => mode === value)
}

function canShow({ body, message }: MessageView, mode: Mode): boolean {
  if (mode === 'message') return message !== null
  if (mode === 'pretty') return body.pretty !== null
  return mode === 'form' ? body.form !== null : true
}

function naturalMode({ body }: MessageView): Mode {
  if (body.form !== null) return 'form'
  return body.pretty === null ? 'raw' : 'pretty'
}
