/**
 * The schema's history: one file per version, each run once and never edited after it has been used.
 * `user_version` counts the entries that a database has been through.
 */
import { HISTORY } from './001-history.ts'
import { CAPTURES_AND_REPLAYS } from './002-captures-and-replays.ts'
import { TEMPLATES } from './003-templates.ts'
import { PAYLOAD_DRAFTS } from './004-payload-drafts.ts'
import { IMPORTS } from './005-imports.ts'
import { CONFIRMED_HOSTS } from './006-confirmed-hosts.ts'
import { BULK_RUNS } from './007-bulk-runs.ts'
import { WEBHOOK_NETWORK } from './008-webhook-network.ts'
import { REHEARSALS } from './009-rehearsals.ts'
import { EXACT_PATHS } from './010-exact-paths.ts'
import { BULK_ENDS } from './011-bulk-ends.ts'
import { FIRED_EVENTS } from './012-fired-events.ts'

export interface Migration {
  /** What it does, for the log. */
  readonly title: string
  readonly sql: string
}

export const MIGRATIONS: readonly Migration[] = [
  HISTORY,
  CAPTURES_AND_REPLAYS,
  TEMPLATES,
  PAYLOAD_DRAFTS,
  IMPORTS,
  CONFIRMED_HOSTS,
  BULK_RUNS,
  WEBHOOK_NETWORK,
  REHEARSALS,
  EXACT_PATHS,
  BULK_ENDS,
  FIRED_EVENTS,
]
