/** The receivers as they live: each with its definition, its turn in its answers, and a port of its own. */
import type { ReceiverId } from '#contract'
import { likeness, rehearsalKindOf } from '../destinations/index.ts'
import { AppError } from '../errors.ts'
import type { StoredReceiver } from '../store/receivers.ts'
import type { ListenerHandlers, ReceivedMessage } from './listener.ts'
import { createPortKeeper, type PortKeeper } from './port-keeper.ts'
import { createScriptPlayer, type ScriptPlayer } from './script-player.ts'

export interface Live {
  readonly definition: StoredReceiver
  readonly player: ScriptPlayer
  /** Of a port of its own. */
  readonly keeper: PortKeeper | null
}

export interface Roster {
  /** In the order in which they were brought. */
  all(): readonly Live[]
  get(id: ReceiverId): Live | undefined
  /** @throws AppError `not_found` */
  find(id: ReceiverId): Live
  /** The definitions of all but this one. */
  others(id: ReceiverId): StoredReceiver[]
  /**
   * The one whose path this is, or lies below. A path in the shape of a rehearsal's is taken by the
   * one that it is most like: it says what is wrong with it.
   */
  atPath(path: string): Live | undefined
  /** Adds one, or takes its new definition; answers go on where they were while their script is the same. */
  bring(definition: StoredReceiver): Live
  drop(id: ReceiverId): void
}

/** @param receive takes what comes in at a port of a receiver's own */
export function createRoster(
  receive: (live: Live | undefined, path: string, message: ReceivedMessage) => ReceiverTakes,
  handlers: Pick<ListenerHandlers, 'notFound' | 'onError'>,
): Roster {
  const lives = new Map<ReceiverId, Live>()

  function ownKeeper(id: ReceiverId): PortKeeper {
    const take = (path: string, message: ReceivedMessage) => receive(lives.get(id), path, message)
    return createPortKeeper({ receive: take, ...handlers }, null)
  }

  return {
    all: () => [...lives.values()],
    get: (id) => lives.get(id),
    find: (id) => {
      const live = lives.get(id)
      if (!live) throw new AppError('not_found', 'There is no such receiver.')
      return live
    },
    others: (id) =>
      [...lives.values()].flatMap(({ definition }) => (definition.id === id ? [] : [definition])),
    atPath: (path) => {
      const all = [...lives.values()]
      const rehearsed = rehearsalKindOf(path)
      return rehearsed === null
        ? all.find(
            ({ definition: { kind, path: own } }) =>
              kind === 'plain' && (path === own || path.startsWith(`${own}/`)),
          )
        : mostLike(
            path,
            all.filter(({ definition }) => definition.kind === rehearsed),
          )
    },
    bring: (definition) => {
      const { id, script, port } = definition
      const before = lives.get(id)
      const isSame = before && JSON.stringify(before.player.script) === JSON.stringify(script)
      const player = isSame ? before.player : createScriptPlayer(script)
      const keeper = port === null ? null : (before?.keeper ?? ownKeeper(id))
      const live = { definition, player, keeper }
      lives.set(id, live)
      return live
    },
    drop: (id) => {
      lives.delete(id)
    },
  }
}

/** One that is stopped is found by its own path alone. */
function mostLike(path: string, lives: readonly Live[]): Live | undefined {
  const own = lives.find(({ definition }) => definition.path.split('?')[0] === path)
  if (own) return own
  const started = lives.filter(({ definition }) => definition.isStarted)
  const alike = started.map(({ definition }) => likeness(path, definition.path))
  return started[alike.indexOf(Math.max(...alike))]
}

type ReceiverTakes = ReturnType<ListenerHandlers['receive']>
