/** What becomes of a request that comes in: whose it is, that it is recorded, and what is answered. */
import type { ReceiverId, RehearsalKind, RehearsalSettings } from '#contract'
import type { EventHub } from '../event-hub.ts'
import { forward, type PassOn } from './forward.ts'
import type { Answer, ReceivedMessage, Reception, TextAnswer } from './listener.ts'
import type { Recorder } from './recorder.ts'
import type { Rehearsals } from './rehearsals.ts'
import type { Live, Roster } from './roster.ts'
import type { ShownRetries } from './shown-retries.ts'
import type { Targets } from './targets.ts'
import { createUnderWay, TOO_MANY_UNDER_WAY } from './under-way.ts'

export interface ReceptionDesk {
  /** Null: nobody takes it. @param live whose it is by its path or port, started or not */
  receive(live: Live | undefined, path: string, message: ReceivedMessage): Reception | null
  /** Of paths where nobody is. */
  notFound(): TextAnswer
}

export function createReceptionDesk(deps: {
  /** Who records what is no request at all, wherever it was aimed. */
  readonly strays: ReceiverId
  readonly roster: Roster
  readonly recorder: Recorder
  readonly targets: Targets
  readonly shownRetries: ShownRetries
  readonly rehearsals: Rehearsals
  /** A rehearsal has used up something of its settings. */
  readonly onUsed: (id: ReceiverId, settings: RehearsalSettings) => void
  readonly passOn: PassOn
  readonly hub: EventHub
}): ReceptionDesk {
  const underWay = createUnderWay()
  const { strays, roster, recorder, targets, shownRetries, passOn, hub } = deps

  function answerAt(path: string, { definition: { id } }: Live): Answer {
    const retry = shownRetries.at(path)
    if (retry) return retry
    return {
      next: () => {
        const step = roster.find(id).player.next()
        hub.publish({ kind: 'captures.changed' })
        return step
      },
    }
  }

  function notFound(): TextAnswer {
    // Where rehearsals are is as secret as where the real ones are.
    const places = roster
      .all()
      .filter(({ definition }) => definition.kind === 'plain')
      .map(({ definition: { name, path, isStarted } }) =>
        isStarted ? `${name} is at ${path}` : `${name}, at ${path}, is stopped`,
      )
    return {
      status: 404,
      contentType: 'text/plain; charset=utf-8',
      body: `No receiver takes requests at this path. ${places.join('; ')}.\n`,
    }
  }

  function rehearse(
    { definition }: Live,
    kind: RehearsalKind,
    message: ReceivedMessage,
  ): Reception {
    const { answer, verdict, after } = deps.rehearsals.play(definition, kind, message)
    if (after) deps.onUsed(definition.id, after)
    const recording = recorder.record(definition.id, message, verdict)
    return {
      answer: async () => {
        await recording.done
        return answer
      },
      answered: recording.answered,
    }
  }

  return {
    receive: (live, path, message) => {
      const taker = live?.definition.isStarted ? live : null
      if (!taker && (message.problem === null || live)) return null
      const kind = taker?.definition.kind ?? 'plain'
      if (taker && kind !== 'plain') return rehearse(taker, kind, message)
      const recording = recorder.record(taker?.definition.id ?? strays, message)
      return {
        answer: async () => {
          await recording.done
          if (!taker) return notFound()
          const target = targets.of(taker.definition)
          if (!target) return answerAt(path, taker)
          // Also where a port was moved, or had by chance, after the receiver was set up.
          if (targets.comesBack(taker.definition)) return notPassedOn(CIRCLE)
          const ended = underWay.begin(taker.definition.id)
          if (!ended) return notPassedOn(TOO_MANY_UNDER_WAY)
          const below = taker.definition.path
          const rest = path.startsWith(below) ? path.slice(below.length) : path
          const { exchanged, answer } = await forward(passOn, message, target, rest).finally(ended)
          recording.forwarded(exchanged)
          return answer
        },
        answered: recording.answered,
      }
    },
    notFound,
  }
}

const CIRCLE = 'Where it is passed on to leads back here: it would go round in circles.'

/** @param why in words */
function notPassedOn(why: string): TextAnswer {
  return {
    status: 508,
    contentType: 'text/plain; charset=utf-8',
    body: `The request was recorded, but not passed on. ${why}\n`,
  }
}
