/** Where receivers pass requests on to, in clear, and whether that would lead back here. */
import type { ReceiverId, SecretId, SecretText } from '#contract'
import type { StoredReceiver } from '../store/receivers.ts'
import type { ForwardTarget } from './forward.ts'
import type { Roster } from './roster.ts'

export interface Targets {
  /** Trimmed; empty when it is nowhere, or its secret cannot be opened. */
  url(text: SecretText): string
  /** Null when it answers by itself. */
  of(receiver: StoredReceiver): ForwardTarget | null
  /** Whether a request that this receiver passes on there would come back. */
  comesBack(id: ReceiverId, url: string): boolean
}

export function createTargets(deps: {
  readonly roster: Roster
  /** Null when it is unknown or cannot be opened. */
  readonly secretValue: (id: SecretId) => string | null
  readonly sharedPort: () => number | null
}): Targets {
  const { roster, secretValue, sharedPort } = deps

  function url(text: SecretText): string {
    return (text.kind === 'kept' ? (secretValue(text.secretId) ?? '') : text.text).trim()
  }

  function of({ forwardTo }: StoredReceiver): ForwardTarget | null {
    const text = url(forwardTo)
    if (!URL.canParse(text)) return null
    return { url: new URL(text), secretId: forwardTo.kind === 'kept' ? forwardTo.secretId : null }
  }

  return {
    url,
    of,
    comesBack: (id, text) => {
      if (!URL.canParse(text)) return false
      const { hostname, port, pathname } = new URL(text)
      if (!/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return false
      const own = roster.all().find(({ definition }) => definition.port === Number(port))
      const live = Number(port) === sharedPort() ? roster.atPath(pathname) : own
      return live !== undefined && (live.definition.id === id || of(live.definition) !== null)
    },
  }
}
