/** A typed client of a host that runs as a process of its own: code, token and WebSocket as a page does it. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { CoreClient } from './open-core.ts'
import type { Host } from './start-host.ts'

export async function exchangeCode(host: Pick<Host, 'link' | 'origin'>): Promise<string> {
  const code = new URL(host.link).hash.replace('#code=', '')
  const response = await fetch(`${host.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: host.origin },
    body: JSON.stringify({ code }),
  })
  if (!response.ok) throw new Error(`the code was not taken: ${response.status}`)
  const { token } = (await response.json()) as { token: string }
  return token
}

export async function connectHost(
  host: Pick<Host, 'link' | 'origin'>,
  token?: string,
): Promise<{ client: CoreClient; close(): void }> {
  const taken = token ?? (await exchangeCode(host))
  const websocket = new WebSocket(
    `${host.origin.replace('http', 'ws')}/rpc`,
    ['hookstage', `token.${taken}`],
    { origin: host.origin },
  )
  await new Promise<void>((resolve, reject) => {
    websocket.once('open', () => resolve())
    websocket.once('error', reject)
  })
  const link = new RPCLink({ websocket: websocket as unknown as globalThis.WebSocket })
  return { client: createORPCClient(link), close: () => websocket.terminate() }
}
