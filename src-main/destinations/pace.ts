/** How often a destination may be posted to, by its own rules; beyond it answers 429, or fails later. */
import type { Destination } from '#contract'
import { TEAMS_LIMITS } from './limits.ts'

/** At most so many starts in any time of this length. */
export interface Pace {
  readonly count: number
  readonly withinMs: number
}

const SLACK: Pace = { count: 1, withinMs: 1_000 }
const TEAMS: Pace = { count: TEAMS_LIMITS.quota, withinMs: TEAMS_LIMITS.quotaMs }

/** No pace looks back longer. */
export const LONGEST_PACE_MS = Math.max(SLACK.withinMs, TEAMS.withinMs)

/**
 * Slack: one a second for a webhook (docs.slack.dev, rate limits). Teams: 25 in 300 s, the flow bot's
 * quota, beyond which a flow fails after its 202 (learn.microsoft.com, Teams connector limits). Webex
 * publishes no number: it asks for a wait when it wants one.
 */
export function paceOf(destination: Destination): Pace | null {
  switch (destination) {
    case 'slack':
      return SLACK
    case 'teams':
      return TEAMS
    case 'webex':
    case 'http':
      return null
  }
}
