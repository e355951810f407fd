/** An Adaptive Card as Teams would set it. */
import { useLayoutEffect, useMemo, useRef } from 'react'
import { drawCard } from './adaptive-card.ts'
import type { JsonObject } from './json-reading.ts'
import classes from './teams.module.css'

interface AdaptiveCardViewProps {
  /** A card that was made harmless. */
  readonly card: JsonObject
  readonly isWide: boolean
}

export function AdaptiveCardView({ card, isWide }: AdaptiveCardViewProps) {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useMemo(() => drawnOrNull(card), [card])
  useLayoutEffect(() => {
    if (drawn) place.current?.replaceChildren(drawn)
  }, [drawn])
  if (!drawn) return <p className={classes.quiet}>This card is empty or cannot be drawn here.</p>
  return <div className={classes.card} data-wide={isWide} ref={place} />
}

function drawnOrNull(card: JsonObject): HTMLElement | null {
  try {
    return drawCard(card)
  } catch {
    return null
  }
}
