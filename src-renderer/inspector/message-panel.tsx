/** One HTTP message as it was recorded: start line, headers as sent, body. */
import type { MessageView } from '#contract'
import { formatBytes } from '../ui/bytes.ts'
import { BodyView } from './body-view.tsx'
import { HeadersTable } from './headers-table.tsx'
import classes from './message.module.css'

interface MessagePanelProps {
  readonly message: MessageView
  readonly side: 'Request' | 'Response'
  /** Where the bytes were had: where they were sent, where they were got, or from a text or file. */
  readonly order: 'as sent' | 'as received' | 'as imported'
  /** Words above the message, such as what an answer means. */
  readonly children?: React.ReactNode
  readonly onLoadAll?: (() => void) | undefined
}

export function MessagePanel({ message, side, order, children, onLoadAll }: MessagePanelProps) {
  const { startLine, headers, headBytes } = message
  return (
    <div className={classes.message}>
      {children}
      <section aria-label={`${side} head`}>
        <p className={classes.startLine}>{startLine}</p>
        <div className={classes.bar}>
          <h3 className={classes.heading}>
            Headers ({headers.length}, {order})
          </h3>
          <span className={classes.quiet}>{formatBytes(headBytes)} with the first line</span>
        </div>
        <HeadersTable headers={headers} label={`${side} headers, ${order}`} />
      </section>
      <BodyView message={message} label={`${side} body`} onLoadAll={onLoadAll} />
    </div>
  )
}
