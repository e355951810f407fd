/** Where webhooks go: the kinds of endpoint that are treated each in its own way. */
import { z } from 'zod'

/** The four kinds of endpoint that Hookstage knows by their URL. */
export const DESTINATIONS = ['http', 'slack', 'teams', 'webex'] as const
export const destinationSchema = z.enum(DESTINATIONS)
export type Destination = z.infer<typeof destinationSchema>
export const DESTINATION_LABELS: Readonly<Record<Destination, string>> = {
  http: 'HTTP',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  webex: 'Webex',
}
