/** What a Teams channel shows of a message: its cards, each in a box of its own. */
import { lazy, Suspense, useMemo } from 'react'
import type { JsonObject } from './json-reading.ts'
import { MessageCardView } from './message-card-view.tsx'
import { MessageFrame, type Sender } from './message-frame.tsx'
import { readTeams } from './read-teams.ts'
import classes from './teams.module.css'

const AdaptiveCardView = lazy(async () => {
  const { AdaptiveCardView: default_ } = await import('./adaptive-card-view.tsx')
  return { default: default_ }
})

interface TeamsViewProps {
  readonly message: JsonObject
  readonly sender: Sender
}

export function TeamsView({ message, sender }: TeamsViewProps) {
  const { cards, notes } = useMemo(() => readTeams(message), [message])
  return (
    <MessageFrame chat="teams" sender={sender} badge="Workflows" notes={notes}>
      <div className={classes.cards}>
        {cards.map((one, index) =>
          one.kind === 'legacy' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the message is drawn as a whole
            <MessageCardView key={index} card={one.card} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the message is drawn as a whole
            <Suspense key={index} fallback={<p className={classes.quiet}>Drawing the card…</p>}>
              <AdaptiveCardView card={one.card} isWide={one.isWide} />
            </Suspense>
          ),
        )}
      </div>
    </MessageFrame>
  )
}
