/**
 * What an answer means to its destination: an outcome, and a sentence that says what happened and
 * what to do next. Slack says yes and no by a word, Teams takes a message without saying what became
 * of it, and its old connectors say no with a 200. Sources: docs.slack.dev (incoming webhooks),
 * learn.microsoft.com (Teams connector, request triggers), developer.webex.com.
 */
import type { Destination } from '#contract'
import { isConnectorPath, isSlackMessagePath } from './endpoint-kinds.ts'
import { judgeSlack } from './judge-slack.ts'
import { judgeConnector, judgeFlow } from './judge-teams.ts'
import { judgeWebex } from './judge-webex.ts'
import type { Judge, Mask } from './judgement.ts'

/** Where a request went. */
interface Sent {
  readonly origin: string
  readonly path: string
}

/**
 * @param mask hides secrets in what is quoted of an answer
 * @returns undefined where the status alone decides
 */
export function judgeOf(
  destination: Destination,
  { origin, path }: Sent,
  mask: Mask,
): Judge | undefined {
  switch (destination) {
    case 'http':
      return undefined
    case 'slack':
      return isSlackMessagePath(path) ? (answer) => judgeSlack(answer, mask) : undefined
    case 'teams':
      return isConnectorPath(path)
        ? (answer) => judgeConnector(answer, origin, mask)
        : (answer) => judgeFlow(answer, origin, mask)
    case 'webex':
      return (answer) => judgeWebex(answer, mask)
  }
}
