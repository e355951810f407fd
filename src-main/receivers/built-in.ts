/** The receivers that are always there, in their order: Echo, and one rehearsal of each kind. */
import {
  AS_THE_REAL_ONE,
  OK_SCRIPT,
  type ReceiverId,
  type ReceiverKind,
  type SecretText,
} from '#contract'
import { newRehearsalPath } from '../destinations/index.ts'
import type { StoredReceiver } from '../store/receivers.ts'

export const ECHO = 'echo' as ReceiverId
export const ECHO_PATH = '/in/echo'

interface BuiltIn {
  readonly id: ReceiverId
  readonly kind: ReceiverKind
  readonly name: string
}

const BUILT_IN: readonly BuiltIn[] = [
  { id: ECHO, kind: 'plain', name: 'Echo' },
  { id: 'slack' as ReceiverId, kind: 'slack', name: 'Slack' },
  { id: 'teams' as ReceiverId, kind: 'teams', name: 'Teams' },
  { id: 'teams-legacy' as ReceiverId, kind: 'teams_legacy', name: 'Teams connector' },
  { id: 'webex' as ReceiverId, kind: 'webex', name: 'Webex' },
]

const NOWHERE: SecretText = { kind: 'plain', text: '' }

/** As a receiver begins: started, at the shared port, answering 200 or as the real one does. */
export function newReceiver(
  part: Pick<StoredReceiver, 'id' | 'kind' | 'name' | 'path'>,
): StoredReceiver {
  return {
    ...part,
    port: null,
    isStarted: true,
    script: OK_SCRIPT,
    forwardTo: NOWHERE,
    rehearsal: AS_THE_REAL_ONE,
    urlSecretId: null,
  }
}

/** Those that are missing, each with its place before all others. */
export function missingBuiltIn(
  has: (id: ReceiverId) => boolean,
  randomInt: (limit: number) => number,
): readonly { readonly receiver: StoredReceiver; readonly place: number }[] {
  return BUILT_IN.flatMap(({ id, kind, name }, place) => {
    if (has(id)) return []
    const path = kind === 'plain' ? ECHO_PATH : newRehearsalPath(kind, randomInt)
    return [{ receiver: newReceiver({ id, kind, name, path }), place }]
  })
}

export function isBuiltIn(id: ReceiverId): boolean {
  return BUILT_IN.some((builtIn) => builtIn.id === id)
}

/** What of a receiver stays as it is, whatever is asked for. */
export function fixedParts(receiver: StoredReceiver): Partial<StoredReceiver> {
  const { id, kind, name, path, port, forwardTo } = receiver
  return {
    ...(isBuiltIn(id) ? { name, path } : {}),
    ...(kind === 'plain' ? {} : { path, port, forwardTo }),
  }
}
