/** Around a message: who seems to have sent it, as the chat shows that, and notes under it. */
import { IconInfoCircle } from '@tabler/icons-react'
import { createContext, useContext } from 'react'
import type { Chat } from '#contract'
import classes from './message-frame.module.css'

export interface Sender {
  /** The webhook's name, or who else the message is from. */
  readonly name: string
  /** When it was sent; null for a message that is not sent yet. */
  readonly atMs: number | null
}

interface MessageFrameProps {
  readonly chat: Chat
  readonly sender: Sender
  /** What the chat puts beside the name. */
  readonly badge: string
  readonly notes: readonly string[]
  readonly children: React.ReactNode
}

/** Whether notes stand under each message; a channel full of messages does without. */
export const NotesShown = createContext(true)

export function MessageFrame({ chat, sender, badge, notes, children }: MessageFrameProps) {
  const withNotes = useContext(NotesShown)
  return (
    <>
      <div className={classes.frame} data-chat={chat}>
        <span className={classes.avatar} aria-hidden>
          {initial(sender.name)}
        </span>
        <div className={classes.content}>
          <p className={classes.sender}>
            <span className={classes.name}>{sender.name}</span>
            <span className={classes.badge}>{badge}</span>
            <span className={classes.when}>{when(sender.atMs)}</span>
          </p>
          <div className={classes.body}>{children}</div>
        </div>
      </div>
      {withNotes && notes.length > 0 ? (
        <ul className={classes.notes} aria-label="About this preview">
          {notes.map((note) => (
            <li key={note}>
              <IconInfoCircle size={14} aria-hidden />
              <span>{note}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

function initial(name: string): string {
  return /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? 'H'
}

function when(atMs: number | null): string {
  if (atMs === null) return 'now'
  return new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(atMs)
}
