/** What comes from the same origin: each replay below what it was made from. */
import { UnstyledButton } from '@mantine/core'
import { IconRepeat } from '@tabler/icons-react'
import type { ReplayKind, ReplayNode, ReplayPlace } from '#contract'
import { useReplayTree } from '../state/replay.ts'
import { goTo } from '../state/route.ts'
import { StatusMark } from '../ui/status-mark.tsx'
import { RelativeTime } from '../ui/time.tsx'
import classes from './replay.module.css'

const REPLAY_KIND_WORDS: Readonly<Record<ReplayKind, string>> = {
  as_sent: 'as sent',
  re_signed: 'signed anew',
  rendered: 'rendered again',
  edited: 'edited',
}

interface ReplayTreeProps {
  readonly place: ReplayPlace
  /** The delivery or capture that is looked at. */
  readonly currentId: string
}

/** Nothing where there are no replays. */
export function ReplayTree({ place, currentId }: ReplayTreeProps) {
  const nodes = useReplayTree(place)
  if (nodes.length < 2) return null
  return (
    <details className={classes.tree} open={nodes.length <= 5}>
      <summary>
        <IconRepeat size={14} aria-hidden /> {nodes.length - 1}{' '}
        {nodes.length === 2 ? 'replay' : 'replays'} from one origin
      </summary>
      <ul aria-label="Replays" className={classes.nodes}>
        {nodes.map((node) => (
          <Node key={idOf(node)} node={node} isCurrent={idOf(node) === currentId} />
        ))}
      </ul>
    </details>
  )
}

function idOf({ delivery, capture }: ReplayNode): string {
  return delivery?.id ?? capture?.id ?? ''
}

interface NodeProps {
  readonly node: ReplayNode
  readonly isCurrent: boolean
}

function Node({ node: { depth, delivery, capture }, isCurrent }: NodeProps) {
  const open = () => {
    if (delivery) goTo('deliveries', delivery.id)
    else if (capture) goTo('captures', capture.id)
  }
  return (
    <li>
      <UnstyledButton
        className={classes.node}
        style={{ paddingLeft: 8 + Math.min(depth, 8) * 16 }}
        aria-current={isCurrent || undefined}
        disabled={!delivery && !capture}
        onClick={open}
      >
        {delivery ? <StatusMark status={delivery.status} /> : <span>Captured</span>}
        <span className={classes.nodeWords}>
          {delivery?.replayKind ? `${REPLAY_KIND_WORDS[delivery.replayKind]}, to ` : ''}
          {delivery ? delivery.webhookName || delivery.endpoint : capture?.startLine}
          {delivery || capture ? '' : 'The origin is no longer in the history.'}
        </span>
        <span className={classes.quiet}>
          {delivery ? <RelativeTime atMs={delivery.createdAtMs} /> : null}
          {capture ? <RelativeTime atMs={capture.receivedAtMs} /> : null}
        </span>
      </UnstyledButton>
    </li>
  )
}
