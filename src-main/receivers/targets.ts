/** Where receivers pass requests on to, in clear, and whether that would lead back here. */
import type { SecretId, SecretText } from '#contract'
import { bareHost, endpointFault, isLoopback, parseEndpoint } from '../encode/index.ts'
import type { StoredReceiver } from '../store/receivers.ts'
import type { ForwardTarget } from './forward.ts'
import type { Roster } from './roster.ts'

export interface Targets {
  /** Trimmed; empty when it is nowhere, or its secret cannot be opened. */
  url(text: SecretText): string
  /** Null when it answers by itself. */
  of(receiver: StoredReceiver): ForwardTarget | null
  /** Whether a request would go round in circles, were this receiver as it is here. */
  comesBack(receiver: StoredReceiver): boolean
  /** The first receiver whose requests would go round in circles, were this the shared port. */
  circleAt(sharedPort: number): StoredReceiver | null
}

export function createTargets(deps: {
  readonly roster: Roster
  /** Null when it is unknown or cannot be opened. */
  readonly secretValue: (id: SecretId) => string | null
  readonly sharedPort: () => number
}): Targets {
  const { roster, secretValue, sharedPort } = deps

  function url(text: SecretText): string {
    return (text.kind === 'kept' ? (secretValue(text.secretId) ?? '') : text.text).trim()
  }

  function of({ forwardTo }: StoredReceiver): ForwardTarget | null {
    const text = url(forwardTo)
    if (endpointFault(text) !== null) return null
    const { origin, path } = parseEndpoint(text)
    return { origin, path, secretId: forwardTo.kind === 'kept' ? forwardTo.secretId : null }
  }

  /** Follows requests from receiver to receiver, also through those that are stopped now. */
  function isCircle(
    start: StoredReceiver,
    all: readonly StoredReceiver[],
    shared: number,
  ): boolean {
    const seen = new Set<string>()
    for (let at: StoredReceiver | undefined = start; at; ) {
      if (seen.has(at.id)) return true
      seen.add(at.id)
      const target = of(at)
      at = target ? takerOf(target, all, shared) : undefined
    }
    return false
  }

  return {
    url,
    of,
    comesBack: (receiver) =>
      isCircle(receiver, [...roster.others(receiver.id), receiver], sharedPort()),
    circleAt: (port) => {
      const all = roster.all().map(({ definition }) => definition)
      return all.find((each) => isCircle(each, all, port)) ?? null
    },
  }
}

/** Who takes what is sent there; rehearsals pass nothing on, and are left out. */
function takerOf(
  { origin, path: target }: Pick<ForwardTarget, 'origin' | 'path'>,
  all: readonly StoredReceiver[],
  sharedPort: number,
): StoredReceiver | undefined {
  const url = new URL(origin)
  if (!isThisMachine(url.hostname)) return undefined
  const [pathname = ''] = target.split('?', 1)
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const plain = all.filter(({ kind }) => kind === 'plain')
  return port === sharedPort
    ? plain.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
    : plain.find((each) => each.port === port)
}

/**
 * By its name: names that a DNS server has for it are not known. The unspecified address leads here
 * too. @param hostname of a parsed URL
 */
function isThisMachine(hostname: string): boolean {
  return isLoopback(hostname) || /^(0\.0\.0\.0|::(ffff:0:0)?)$/.test(bareHost(hostname))
}
