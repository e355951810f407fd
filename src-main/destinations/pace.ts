/** How often a destination may be posted to, by its own rules; beyond it answers 429. */
import type { Destination } from '#contract'

export interface Pace {
  /** So many may follow each other at once. */
  readonly burst: number
  /** Then one in this time. */
  readonly everyMs: number
}

/**
 * Slack: one a second for a webhook (docs.slack.dev, rate limits). Teams: 25 in 300 s, the flow bot's
 * quota (learn.microsoft.com, Power Automate limits). Webex publishes no number.
 */
export function paceOf(destination: Destination): Pace | null {
  switch (destination) {
    case 'slack':
      return { burst: 1, everyMs: 1_000 }
    case 'teams':
      return { burst: 25, everyMs: 12_000 }
    case 'webex':
    case 'http':
      return null
  }
}
