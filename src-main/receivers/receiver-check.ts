/** What stands against a receiver as it was set up. */
import type { FieldProblem } from '#contract'
import { recogniseEndpoint } from '../destinations/index.ts'
import { endpointFault } from '../encode/index.ts'
import type { StoredReceiver } from '../store/receivers.ts'

const PATH = /^\/in\/[A-Za-z0-9._~-]+$/
const FIRST_FREE_PORT = 1024

/** Fields: `name`, `path`, `port`, `forwardTo`. @param forwardUrl in clear */
export function receiverProblems(
  receiver: StoredReceiver,
  forwardUrl: string,
  others: readonly StoredReceiver[],
  sharedPort: number,
): FieldProblem[] {
  const { kind, name, path, port } = receiver
  const problems: (FieldProblem | null)[] = [
    name.trim() === '' ? problem('name', 'Give the receiver a name.') : null,
    kind === 'plain' ? pathProblem(path, others) : null,
    port === null ? null : portProblem(port, others, sharedPort),
    forwardUrl === '' ? null : forwardProblem(forwardUrl),
  ]
  return problems.filter((each) => each !== null)
}

/** `/in/partner-api`, with a number where that is taken. */
export function freePath(name: string, others: readonly StoredReceiver[]): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const path = `/in/${slug || 'receiver'}`
  const taken = new Set(others.map((other) => other.path))
  if (!taken.has(path)) return path
  let number = 2
  while (taken.has(`${path}-${number}`)) number += 1
  return `${path}-${number}`
}

function pathProblem(path: string, others: readonly StoredReceiver[]): FieldProblem | null {
  if (!PATH.test(path)) {
    return problem(
      'path',
      'A path is /in/ and one name of letters, digits, - . _ or ~, with no / in it.',
    )
  }
  const holder = others.find((other) => other.path === path)
  return holder ? problem('path', `${holder.name} is at this path already.`) : null
}

function portProblem(
  port: number,
  others: readonly StoredReceiver[],
  sharedPort: number,
): FieldProblem | null {
  if (!Number.isInteger(port) || port < FIRST_FREE_PORT || port > 65_535) {
    return problem('port', `A port is a number from ${FIRST_FREE_PORT} to 65535.`)
  }
  if (port === sharedPort) return problem('port', 'All receivers listen on this port already.')
  const holder = others.find((other) => other.port === port)
  return holder ? problem('port', `${holder.name} has this port already.`) : null
}

function forwardProblem(text: string): FieldProblem | null {
  if (!/^https?:/i.test(text)) {
    return problem('forwardTo', 'Write where to pass it on like https://example.com/hooks.')
  }
  const fault = endpointFault(text)
  if (fault?.fix === 'move_credentials_to_header')
    return problem('forwardTo', 'A user name in the URL is not sent on. Leave it out.')
  return fault && problem('forwardTo', fault.message)
}

/** Whether a URL has parts that must not be shown. */
export function isSecretUrl(text: string): boolean {
  return recogniseEndpoint(text).secrets.length > 0
}

function problem(field: string, message: string): FieldProblem {
  return { field, severity: 'error', message }
}
