/** One entry of a channel: a message as the chat shows it, or why there is none; and its request. */
import { Button } from '@mantine/core'
import { IconCircleMinus, IconCircleX } from '@tabler/icons-react'
import type { ChannelEntry, ReceiverKind } from '#contract'
import { NotesShown } from '../message/message-frame.tsx'
import { type ChatScheme, MessagePreview } from '../message/message-preview.tsx'
import { AbsoluteTime } from '../ui/time.tsx'
import classes from './channel.module.css'

interface ChannelEntryRowProps {
  readonly entry: ChannelEntry
  readonly kind: ReceiverKind
  readonly scheme: ChatScheme
  /** Shows its request. */
  readonly onOpen: () => void
}

export function ChannelEntryRow({ entry, kind, scheme, onOpen }: ChannelEntryRowProps) {
  const { result, receivedAtMs, message } = entry
  return (
    <article className={classes.entry} aria-label={WORDS[result]} data-result={result}>
      {result === 'posted' && message ? (
        <NotesShown value={false}>
          <MessagePreview message={message} scheme={scheme} atMs={receivedAtMs} />
        </NotesShown>
      ) : null}
      {result === 'posted' && !message ? (
        <p className={classes.undrawn}>
          A message that is not drawn here: it is too long, or not in a form that is known.
        </p>
      ) : null}
      {result === 'posted' ? null : <NotPosted entry={entry} kind={kind} />}
      <footer className={classes.foot}>
        <AbsoluteTime atMs={receivedAtMs} />
        {result === 'posted' && entry.words !== '' ? (
          <span className={classes.words}>{entry.words}</span>
        ) : null}
        <Button size="compact-xs" variant="subtle" onClick={onOpen}>
          Show its request
        </Button>
      </footer>
    </article>
  )
}

const WORDS: Readonly<Record<ChannelEntry['result'], string>> = {
  posted: 'Posted',
  refused: 'Refused',
  lost: 'Not posted',
}

function NotPosted({
  entry: { result, status, code, words, isTold },
  kind,
}: {
  readonly entry: ChannelEntry
  readonly kind: ReceiverKind
}) {
  const Icon = result === 'lost' ? IconCircleX : IconCircleMinus
  const said = kind === 'slack' && code !== '' ? ` ${code}` : ''
  return (
    <div className={classes.not}>
      <Icon size={16} stroke={2} aria-hidden />
      <p>
        <strong>
          {result === 'lost'
            ? `Answered ${status ?? 202}, then not posted`
            : `Refused${status === null ? '' : `: ${status}${said}`}`}
        </strong>{' '}
        {words}
        {isTold ? <span className={classes.told}> It was told to fail so.</span> : null}
      </p>
    </div>
  )
}
