/** What a webhook is called when nobody names it. */
import { DESTINATION_LABELS, type EventName, eventLabel } from '#contract'
import { recogniseEndpoint, typedHost } from './recognise.ts'

/** `Meeting · Book → Slack`, or the endpoint's host; the event alone while there is no endpoint. */
export function suggestName(event: EventName, url: string): string {
  const { destination } = recogniseEndpoint(url)
  const host = typedHost(url)
  if (!host) return eventLabel(event)
  return `${eventLabel(event)} → ${destination === 'http' ? host : DESTINATION_LABELS[destination]}`
}
