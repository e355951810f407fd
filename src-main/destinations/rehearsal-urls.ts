/** Addresses of rehearsals: new ones in the shape of the real ones, and which kind a path is for. */
import type { RehearsalKind } from '#contract'
import { isConnectorUrlPath } from './connector-rules.ts'
import { slackParts } from './slack-rules.ts'
import { flowIn } from './teams-rules.ts'
import { webexIdIn } from './webex-rules.ts'

const HEX = '0123456789abcdef'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const WORD = `${UPPER}abcdefghijklmnopqrstuvwxyz`
const SIGNED = `${WORD}-_`

/**
 * @param randomInt an integer from 0 up to, not including, its limit
 * @returns path and query: `/services/T…/B…/…`
 */
export function newRehearsalPath(
  kind: RehearsalKind,
  randomInt: (limit: number) => number,
): string {
  const some = (length: number, alphabet: string) =>
    Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  const guid = () => [8, 4, 4, 4, 12].map((length) => some(length, HEX)).join('-')
  switch (kind) {
    case 'slack':
      return `/services/T${some(10, UPPER)}/B${some(10, UPPER)}/${some(24, WORD)}`
    case 'teams':
      return `/powerautomate/automations/direct/workflows/${some(32, HEX)}/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${some(43, SIGNED)}`
    case 'teams_legacy':
      return `/webhookb2/${guid()}@${guid()}/IncomingWebhook/${some(32, HEX)}/${guid()}`
    case 'webex':
      return `/v1/webhooks/incoming/${Buffer.from(`ciscospark://us/WEBHOOK/${guid()}`).toString('base64url')}`
  }
}

/** Null when it is for none. @param path without query */
export function rehearsalKindOf(path: string): RehearsalKind | null {
  if (slackParts(path)) return 'slack'
  if (flowIn(path) !== null) return 'teams'
  if (isConnectorUrlPath(path)) return 'teams_legacy'
  return webexIdIn(path) === null ? null : 'webex'
}

/** How much of an address a path has, to tell whose mistaken call it is; 0: nothing but the shape. */
export function likeness(path: string, ownPath: string): number {
  const [asked, mine] = [slackParts(path), slackParts(ownPath)]
  if (!asked || asked.team !== mine?.team) return 0
  return asked.service === mine.service ? 2 : 1
}
