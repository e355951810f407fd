/** A Webex message: its markdown, or its text as it is typed. */
import { useMemo } from 'react'
import type { JsonObject } from './json-reading.ts'
import { BlocksView } from './marked-view.tsx'
import { MessageFrame, type Sender } from './message-frame.tsx'
import { readWebex } from './read-webex.ts'

interface WebexViewProps {
  readonly message: JsonObject
  readonly sender: Sender
}

export function WebexView({ message, sender }: WebexViewProps) {
  const { blocks, notes } = useMemo(() => readWebex(message), [message])
  return (
    <MessageFrame chat="webex" sender={sender} badge="Bot" notes={notes}>
      <BlocksView blocks={blocks} />
    </MessageFrame>
  )
}
