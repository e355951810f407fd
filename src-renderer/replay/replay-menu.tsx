/** The ways to send something again. */
import { Button, Menu } from '@mantine/core'
import {
  IconArrowsRight,
  IconChevronDown,
  IconPencil,
  IconRepeat,
  IconRotateClockwise,
  IconSignature,
} from '@tabler/icons-react'
import type { DeliveryId, ReplayRequest, ReplaySource } from '#contract'
import { faultText } from '../state/core.ts'
import { plainReplay, replays } from '../state/replay.ts'
import { goTo } from '../state/route.ts'
import { queuedInWords } from '../ui/queued-words.ts'
import { say } from '../ui/say.ts'
import classes from './replay.module.css'

interface ReplayMenuProps {
  readonly source: ReplaySource
  /** Why there is no webhook to render it from, in words. */
  readonly whyNotRendered?: string | undefined
  /** It was imported: no receiver ever got it. */
  readonly isImported?: boolean
}

export function ReplayMenu({ source, whyNotRendered, isImported = false }: ReplayMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRepeat size={14} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Replay
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconRepeat size={14} aria-hidden />}
          onClick={() => void sendReplay(plainReplay(source, 'as_sent'))}
        >
          {isImported
            ? 'As it is, to where it was for'
            : source.kind === 'capture'
              ? 'As received, to the same receiver'
              : 'As sent'}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSignature size={14} aria-hidden />}
          onClick={() => replays.open(source, 'sign')}
        >
          Signed anew…
        </Menu.Item>
        {source.kind === 'capture' ? null : (
          <Menu.Item
            leftSection={<IconRotateClockwise size={14} aria-hidden />}
            disabled={whyNotRendered !== undefined}
            onClick={() => void sendReplay(plainReplay(source, 'rendered'))}
          >
            Rendered again from today’s webhook
            {whyNotRendered === undefined ? null : (
              <span className={classes.whyNot}>{whyNotRendered}</span>
            )}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => replays.open(source, 'edit')}
        >
          Edit first…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowsRight size={14} aria-hidden />}
          onClick={() => replays.open(source, 'elsewhere')}
        >
          To another endpoint…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Says what became of it, with the way there; a failure is said. */
async function sendReplay(request: ReplayRequest): Promise<void> {
  try {
    await sayReplayed(await replays.send(request))
  } catch (error) {
    say(faultText(error))
  }
}

/** Of what is not sent yet, why: paused, say, or to a host that is to be confirmed. */
export async function sayReplayed(deliveryId: DeliveryId): Promise<void> {
  const queued = await replays.whyQueued(deliveryId)
  const isNext = queued?.kind === 'turn' && queued.before === 0
  say(queued && !isNext ? `It is queued. ${queuedInWords(queued)}` : 'It is sent again.', {
    action: { label: 'Show the replay', onClick: () => goTo('deliveries', deliveryId) },
  })
}
