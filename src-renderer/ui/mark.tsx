/** How something stands: an icon, a word and a colour, each enough without the others. */
import type { ComponentType } from 'react'
import type { DeliveryStatus } from '#contract'
import classes from './mark.module.css'

export type MarkIcon = ComponentType<{
  readonly size: number
  readonly stroke: number
  readonly 'aria-hidden': true
}>

interface MarkProps {
  readonly icon: MarkIcon
  /** Whose colour it has; left out: a quiet one. */
  readonly tone?: DeliveryStatus | undefined
  readonly word: string
  /** What the word means. */
  readonly hint: string
  /** The icon alone; the word is then its accessible name and part of its hint. */
  readonly compact?: boolean
}

export function Mark({ icon: Icon, tone, word, hint, compact = false }: MarkProps) {
  const icon = <Icon size={16} stroke={2} aria-hidden />
  if (compact) {
    const title = `${word}. ${hint}`
    return (
      <span className={classes.mark} data-tone={tone} role="img" aria-label={word} title={title}>
        {icon}
      </span>
    )
  }
  return (
    <span className={classes.mark} data-tone={tone} title={hint}>
      {icon}
      <span className={classes.word}>{word}</span>
    </span>
  )
}
