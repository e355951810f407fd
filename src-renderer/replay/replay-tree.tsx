/** What comes from the same origin: each replay below what it was made from. */
import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconArrowsDiff, IconRepeat } from '@tabler/icons-react'
import type { ReplayKind, ReplayNode, ReplayPlace } from '#contract'
import { comparing, placeOf } from '../state/compare.ts'
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
          <Node
            key={idOf(node)}
            node={node}
            parent={nodes.find((each) => idOf(each) === node.delivery?.replayOf)}
            isCurrent={idOf(node) === currentId}
          />
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
  /** What it was made from, where that is known. */
  readonly parent: ReplayNode | undefined
  readonly isCurrent: boolean
}

function Node({ node, parent, isCurrent }: NodeProps) {
  const { depth, delivery, capture } = node
  const [left, right] = [parent && placeOf(parent), placeOf(node)]
  const open = () => {
    if (delivery) goTo('deliveries', delivery.id)
    else if (capture) goTo('captures', capture.id)
  }
  return (
    <li className={classes.nodeRow}>
      <UnstyledButton
        className={classes.node}
        style={{ paddingLeft: 8 + Math.min(depth, 8) * 16 }}
        aria-current={isCurrent || undefined}
        disabled={!delivery && !capture}
        onClick={open}
      >
        {delivery ? (
          <StatusMark status={delivery.status} />
        ) : (
          <span>{capture?.imported ? 'Imported' : 'Captured'}</span>
        )}
        <span className={classes.nodeWords}>{wordsOf(node)}</span>
        <span className={classes.quiet}>
          {delivery ? <RelativeTime atMs={delivery.createdAtMs} /> : null}
          {capture ? <RelativeTime atMs={capture.receivedAtMs} /> : null}
        </span>
      </UnstyledButton>
      {left && right ? (
        <ActionIcon
          size={24}
          aria-label={`Compare with what it was made from${isCurrent ? '' : `: ${wordsOf(node)}`}`}
          title="Compare with what it was made from"
          onClick={() => comparing.open(left, right)}
        >
          <IconArrowsDiff size={14} />
        </ActionIcon>
      ) : null}
    </li>
  )
}

function wordsOf({ delivery, capture }: ReplayNode): string {
  if (!delivery) return capture?.startLine ?? 'The origin is no longer in the history.'
  const kind = delivery.replayKind ? `${REPLAY_KIND_WORDS[delivery.replayKind]}, to ` : ''
  return kind + (delivery.webhookName || delivery.endpoint)
}
