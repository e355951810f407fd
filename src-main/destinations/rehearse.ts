/** Plays the real one: the answer to a request, and what the channel would show; or a failure told. */
import { type RehearsalKind, type RehearsalSettings, rehearsalFailure } from '#contract'
import { failConnector, rehearseConnector } from './connector-rules.ts'
import { type Rehearsed, type RehearsedRequest, refused, type TakeTurn } from './rehearsal.ts'
import { rehearseSlack, slackRefusal } from './slack-rules.ts'
import { failFlow, rehearseFlow } from './teams-rules.ts'
import { failWebex, rehearseWebex } from './webex-rules.ts'

export interface Stage {
  /** Path and query where it is played. */
  readonly ownPath: string
  readonly settings: RehearsalSettings
  /** As the kind's limits have it. */
  readonly take: TakeTurn
  /** For errors that carry one. */
  readonly trackingId: string
}

export function rehearse(kind: RehearsalKind, request: RehearsedRequest, stage: Stage): Rehearsed {
  const { ownPath, settings, take, trackingId } = stage
  switch (kind) {
    case 'slack':
      return rehearseSlack(request, ownPath, settings, take)
    case 'teams':
      return rehearseFlow(request, new URL(ownPath, 'http://127.0.0.1'), take)
    case 'teams_legacy':
      return rehearseConnector(request, ownPath, take)
    case 'webex':
      return rehearseWebex(request, ownPath, settings, take, trackingId)
  }
}

/** @param code one of the kind's failures */
export function failAsTold(kind: RehearsalKind, code: string, trackingId: string): Rehearsed {
  const objection = { code, words: rehearsalFailure(kind, code)?.sentence ?? '' }
  const { answer, verdict } = failed()
  return { answer, verdict: { ...verdict, isTold: true } }

  function failed(): Rehearsed {
    switch (kind) {
      case 'slack':
        return { answer: slackRefusal(code), verdict: refused(objection) }
      case 'teams':
        return failFlow(objection)
      case 'teams_legacy':
        return failConnector(objection)
      case 'webex':
        return failWebex(objection, trackingId)
    }
  }
}
