/**
 * Sending as a whole, at the foot of the window: how much is under way, pause and resume, and the
 * stage clock that retries wait by. What is out of the ordinary is coloured and has words.
 */

import { Button, Menu } from '@mantine/core'
import {
  IconClockPlay,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
} from '@tabler/icons-react'
import { CLOCK_SPEEDS, type ClockSpeed, type Status } from '#contract'
import { queue, wallTimeOf } from '../state/queue.ts'
import { formatCount } from '../ui/bytes.ts'
import { orSay } from '../ui/or-say.ts'
import { Countdown } from '../ui/time.tsx'
import classes from './status-bar.module.css'

export function QueueControls({ status }: { readonly status: Status }) {
  const { paused, nextDueAtMs } = status.queue
  return (
    <>
      <span className={classes.item} title="Deliveries under way">
        {flightWords(status)}
        {nextDueAtMs !== null && !paused ? (
          <span>
            · next <Countdown atMs={wallTimeOf(status.queue, nextDueAtMs)} />
          </span>
        ) : null}
      </span>
      <Button
        className={classes.control}
        size="compact-xs"
        variant="default"
        data-on={paused || undefined}
        leftSection={
          paused ? (
            <IconPlayerPlay size={12} aria-hidden />
          ) : (
            <IconPlayerPause size={12} aria-hidden />
          )
        }
        onClick={() => void (paused ? resumeSending() : pauseSending())}
      >
        {paused ? 'Resume sending' : 'Pause sending'}
      </Button>
      <StageClock status={status} />
    </>
  )
}

function StageClock({ status: { queue: state } }: { readonly status: Status }) {
  const { speed } = state
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <Button
          className={classes.control}
          size="compact-xs"
          variant="default"
          data-on={speed !== 1 || undefined}
          leftSection={<IconClockPlay size={12} aria-hidden />}
        >
          Stage clock ×{speed}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>How fast retries wait</Menu.Label>
        {CLOCK_SPEEDS.map((each) => (
          <Menu.RadioItem
            key={each}
            value={String(each)}
            checked={each === speed}
            closeMenuOnClick
            onChange={() => void setClockSpeed(each)}
          >
            {SPEED_WORDS[each]}
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlayerTrackNext size={14} aria-hidden />}
          disabled={state.nextDueAtMs === null}
          onClick={() => void nextRetryNow()}
        >
          Next retry now
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

export const SPEED_WORDS: Readonly<Record<ClockSpeed, string>> = {
  1: '×1, as the schedule says',
  60: '×60, a minute in a second',
  3600: '×3600, an hour in a second',
}

function flightWords({ sending, queued, waiting }: Status): string {
  const parts = [
    [sending, 'sending'],
    [queued, 'queued'],
    [waiting, 'waiting'],
  ] as const
  const busy = parts.filter(([count]) => count > 0)
  if (busy.length === 0) return 'nothing in flight'
  return busy.map(([count, word]) => `${formatCount(count)} ${word}`).join(' · ')
}

export const pauseSending = () => orSay(queue.pause())
export const resumeSending = () => orSay(queue.resume())
export const nextRetryNow = () => orSay(queue.nextNow())
export const setClockSpeed = (speed: ClockSpeed) => orSay(queue.setSpeed(speed))
