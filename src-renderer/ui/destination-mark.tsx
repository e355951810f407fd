/**
 * Where a webhook goes, as a glyph of our own in a neutral tone. The names are other people's
 * trademarks: they stand beside it as text, and no logo is used.
 */
import { IconArrowUpRight } from '@tabler/icons-react'
import { DESTINATION_LABELS, type Destination } from '#contract'
import classes from './destination-mark.module.css'

const LETTERS: Readonly<Record<Exclude<Destination, 'http'>, string>> = {
  slack: 'S',
  teams: 'T',
  webex: 'W',
}

interface DestinationMarkProps {
  readonly destination: Destination
  /** The glyph alone; the name is then its accessible name and its hint. */
  readonly compact?: boolean
}

export function DestinationMark({ destination, compact = false }: DestinationMarkProps) {
  const name = DESTINATION_LABELS[destination]
  const glyph = (
    <span className={classes.glyph} aria-hidden>
      {destination === 'http' ? <IconArrowUpRight size={12} stroke={2.2} /> : LETTERS[destination]}
    </span>
  )
  if (compact) {
    return (
      <span className={classes.mark} role="img" aria-label={name} title={name}>
        {glyph}
      </span>
    )
  }
  return (
    <span className={classes.mark}>
      {glyph}
      <span className={classes.name}>{name}</span>
    </span>
  )
}
