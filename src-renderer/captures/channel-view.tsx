/** What the channel of a rehearsal would look like now: its messages as they come in, and what was refused. */
import { Button } from '@mantine/core'
import { useLayoutEffect, useRef } from 'react'
import { type CaptureId, type ChannelEntry, RECEIVER_KIND_LABELS, type Receiver } from '#contract'
import { ChatSchemeSwitch, useChatScheme } from '../message/message-preview.tsx'
import { useChannel } from '../state/channel.ts'
import { addWebhookTo } from '../state/new-webhook.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import classes from './channel.module.css'
import { ChannelEntryRow } from './channel-entry.tsx'

interface ChannelViewProps {
  readonly receiver: Receiver
  readonly onOpenCapture: (id: CaptureId) => void
}

export function ChannelView({ receiver, onOpenCapture }: ChannelViewProps) {
  const { id, name, kind, secretUrl } = receiver
  const { entries, problem, readEarlier } = useChannel(id)
  const [scheme, setScheme] = useChatScheme()
  const frame = useScrolledToEnd(entries)
  return (
    <section className={classes.channel} aria-label={`Channel of ${name}`}>
      <header className={classes.head}>
        <div className={classes.headline}>
          <h2 className={classes.title}>{name}</h2>
          <p className={classes.quiet}>
            {RECEIVER_KIND_LABELS[kind]}: what its channel shows by now
          </p>
        </div>
        <ChatSchemeSwitch scheme={scheme} onScheme={setScheme} />
      </header>
      {problem === null ? null : <ErrorNote message={problem} />}
      {entries?.length === 0 ? (
        <EmptyState
          sentence="Nothing has come in yet. Aim a webhook here and fire its event."
          action={{
            label: 'Add a webhook for it',
            onClick: () => addWebhookTo(secretUrl ?? { kind: 'plain', text: '' }),
          }}
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys have to reach it
        <div ref={frame} className={classes.log} role="log" aria-label="Messages" tabIndex={0}>
          {readEarlier ? (
            <Button size="compact-sm" variant="default" onClick={readEarlier}>
              Show earlier ones
            </Button>
          ) : null}
          {(entries ?? []).map((entry) => (
            <ChannelEntryRow
              key={entry.captureId}
              entry={entry}
              kind={kind}
              scheme={scheme}
              onOpen={() => onOpenCapture(entry.captureId)}
            />
          ))}
        </div>
      )}
    </section>
  )
}

const NEAR_PX = 80

/** Follows what comes in, unless the user has scrolled up to read. */
function useScrolledToEnd(entries: readonly ChannelEntry[] | null) {
  const frame = useRef<HTMLDivElement>(null)
  const wasAtEnd = useRef(true)
  const last = entries?.at(-1)?.captureId
  useLayoutEffect(() => {
    const element = frame.current
    if (!element || last === undefined) return
    if (wasAtEnd.current) element.scrollTop = element.scrollHeight
    const look = () => {
      const below = element.scrollHeight - element.scrollTop - element.clientHeight
      wasAtEnd.current = below < NEAR_PX
    }
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [last])
  return frame
}
