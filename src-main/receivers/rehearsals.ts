/**
 * Plays Slack, Teams and Webex for their receivers: reads the request, holds it against the rules, or
 * fails as it was told to. Rates are kept per receiver while the app runs.
 */
import type { ReceiverId, RehearsalKind, RehearsalVerdict } from '#contract'
import {
  failAsTold,
  type RehearsalAnswer,
  type Rehearsed,
  type RehearsedRequest,
  rehearse,
  type TakeTurn,
} from '../destinations/index.ts'
import { headerValue, readHead, searchParams, withoutOrigin } from '../encode/index.ts'
import type { Runtime } from '../runtime.ts'
import type { StoredReceiver } from '../store/receivers.ts'
import type { RawAnswer, ReceivedMessage } from './listener.ts'
import { createRate } from './rates.ts'

export interface Rehearsals {
  /**
   * @returns `after`: what of its settings the request used up; undefined when nothing
   */
  play(
    receiver: StoredReceiver,
    kind: RehearsalKind,
    message: ReceivedMessage,
  ): {
    readonly answer: RawAnswer
    readonly verdict: RehearsalVerdict
    readonly after?: StoredReceiver['rehearsal']
  }
}

export function createRehearsals(runtime: Runtime): Rehearsals {
  const rates = new Map<ReceiverId, TakeTurn>()

  function rateOf(id: ReceiverId, kind: RehearsalKind): TakeTurn {
    const take = rates.get(id) ?? createRate(kind, () => runtime.monotonicMs())
    rates.set(id, take)
    return take
  }

  return {
    play: ({ id, path: ownPath, rehearsal: settings }, kind, message) => {
      const broken = brokenBy(message)
      if (broken !== null) return shown({ answer: NO_ANSWER, verdict: refusedAs(broken) })
      const trackingId = runtime.newId('GTWY')
      const { told } = settings
      if (told) {
        const left = told.left === null ? null : told.left - 1
        const after = { ...settings, told: left === 0 ? null : { ...told, left } }
        return { ...shown(failAsTold(kind, told.code, trackingId)), after }
      }
      const take = rateOf(id, kind)
      const stage = { ownPath, settings, take, trackingId }
      return shown(rehearse(kind, requestOf(message), stage))
    },
  }
}

/** Answered by the listener itself. */
const NO_ANSWER: RehearsalAnswer = { status: 400, headers: [], body: '' }

function brokenBy({ problem, body, bodyBytes }: ReceivedMessage): string | null {
  if (problem !== null) return problem
  return bodyBytes > body.length ? 'The body is larger than a receiver takes.' : null
}

function refusedAs(words: string): RehearsalVerdict {
  return { result: 'refused', code: '', words, isTold: false }
}

function shown({ answer: { status, headers, body }, verdict }: Rehearsed) {
  // As every receiver's: no browser is to take it for more than it says it is.
  const all = [...headers, ['X-Content-Type-Options', 'nosniff'] as const]
  return { answer: { status, headers: all.flat(), raw: Buffer.from(body) }, verdict }
}

function requestOf({ head, body }: ReceivedMessage): RehearsedRequest {
  const read = readHead(head)
  const [method = '', target = ''] = read.startLine.split(' ')
  const [path, query] = splitOnce(withoutOrigin(target), '?')
  return {
    method,
    path,
    query: searchParams(query),
    mediaType: (headerValue(read, 'content-type') ?? '').replace(/;.*$/s, '').trim().toLowerCase(),
    hasAuthorization: headerValue(read, 'authorization') !== null,
    body,
  }
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by)
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
