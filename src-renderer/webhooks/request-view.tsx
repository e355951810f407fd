/**
 * The exact request that the form would make: request line, headers in order, body, size. A message
 * for a chat is drawn beside it, or in its place where there is no room for both.
 */
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconInfoCircle,
  IconSignature,
} from '@tabler/icons-react'
import type { ContentType, FieldProblem, RequestPreview } from '#contract'
import { MessagePreview } from '../message/message-preview.tsx'
import type { Asked } from '../state/asked.ts'
import { counted, formatBytes } from '../ui/bytes.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { WireView } from '../ui/wire-view.tsx'
import classes from './request-view.module.css'

type PreviewedRequest = NonNullable<RequestPreview['request']>

const ORIGINS: Readonly<Record<PreviewedRequest['headers'][number]['origin'], string>> = {
  connection: 'connection',
  hookstage: 'Hookstage',
  user: 'yours',
  signature: 'signature',
}

/** What of it is looked at, where there is no room for both. */
export type PreviewSide = 'message' | 'request'

interface RequestViewProps {
  readonly asked: Asked<RequestPreview>
  readonly contentType: ContentType
  readonly side: PreviewSide
  /** The webhook's name, which the message shows as its sender's. */
  readonly name: string
}

export function RequestView({ asked, contentType, side, name }: RequestViewProps) {
  const { value, isBusy, problem } = asked
  if (problem !== null) return <ErrorNote message={problem} />
  if (!value) return <p className={classes.waiting}>Making the request…</p>
  const { request, message, cuts, problems, notes } = value
  return (
    <div className={classes.view} aria-busy={isBusy}>
      <Problems problems={problems} />
      <div className={classes.sides} data-side={message ? side : null}>
        {message ? (
          <div className={classes.message}>
            <MessagePreview message={message} from={name || value.suggestedName} />
            {cuts.map((cut) => (
              <p key={cut} className={classes.note}>
                <IconInfoCircle size={14} aria-hidden />
                <span>{cut}</span>
              </p>
            ))}
          </div>
        ) : null}
        {request ? (
          <div className={classes.request}>
            <Shown request={request} notes={notes} contentType={contentType} />
          </div>
        ) : null}
      </div>
    </div>
  )
}

interface ShownProps {
  readonly request: PreviewedRequest
  /** What of it is an example. */
  readonly notes: readonly string[]
  readonly contentType: ContentType
}

function Shown({ request, notes, contentType }: ShownProps) {
  const { startLine, headers, bodyText, bodyCut, bodyBytes } = request
  return (
    <>
      <p className={classes.startLine}>{startLine}</p>
      <table className={classes.headers} aria-label="Headers, in the order in which they are sent">
        <tbody>
          {headers.map(({ name, value, origin }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice; the order is all
            <tr key={index} data-origin={origin}>
              <th scope="row">{name || '(no name)'}</th>
              <td className={classes.value}>{value}</td>
              <td className={classes.origin} title="Who puts it there">
                {origin === 'signature' ? <IconSignature size={14} aria-hidden /> : null}
                {ORIGINS[origin]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          <IconInfoCircle size={14} aria-hidden />
          <span>{note}</span>
        </p>
      ))}
      <div className={classes.body}>
        <WireView
          text={bodyText}
          language={contentType === 'application/json' ? 'json' : 'text'}
          label="Body, as it will be sent"
          gutters={false}
        />
      </div>
      {bodyCut ? (
        <p className={classes.cut}>Only the first 256 KB of {formatBytes(bodyBytes)} are shown.</p>
      ) : null}
    </>
  )
}

function Problems({ problems }: { readonly problems: readonly FieldProblem[] }) {
  if (problems.length === 0) return null
  return (
    <ul className={classes.problems} aria-label="What to look at">
      {problems.map(({ field, severity, message }) => (
        <li key={`${field} ${message}`} data-severity={severity}>
          {severity === 'error' ? (
            <IconAlertCircle size={14} aria-label="Stands against saving" />
          ) : (
            <IconAlertTriangle size={14} aria-label="Worth knowing" />
          )}
          <span>{message}</span>
        </li>
      ))}
    </ul>
  )
}

/** `1 204 bytes · JSON · nothing is lost`, or what a form cannot carry, with the paths. */
export function RequestSize({ asked, contentType }: Omit<RequestViewProps, 'side' | 'name'>) {
  const { value } = asked
  if (!value?.request) return <span className={classes.size} />
  const { request, losses } = value
  const kind = contentType === 'application/json' ? 'JSON' : 'form'
  const facts = [counted(request.bodyBytes, 'byte', 'bytes'), kind].join(' · ')
  if (losses.length === 0) return <span className={classes.size}>{facts} · nothing is lost</span>
  return (
    <details className={classes.losses}>
      <summary className={classes.size}>
        {facts} · <span className={classes.lost}>{counted(losses.length, 'loss', 'losses')}</span>
      </summary>
      <ul className={classes.lossList} aria-label="What the form cannot carry as it is">
        {losses.map(({ path, note }) => (
          <li key={`${path} ${note}`}>
            <code>{path}</code> {note}
          </li>
        ))}
      </ul>
    </details>
  )
}
