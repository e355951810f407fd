/** The three ways to the core, each with the real router behind it, for one suite over all. */
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { RPCHandler } from '@orpc/server/message-port'
import { onTestFinished } from 'vitest'
import { startLoopbackServer } from '../../src-main/hosts/loopback-server.ts'
import { createSessionTokens } from '../../src-main/hosts/session-tokens.ts'
import { connectHost } from '../support/host-client.ts'
import { type CoreClient, openTestCore } from '../support/open-core.ts'
import { tempFolder } from '../support/temp-folder.ts'

const NO_FILES = { has: () => false, get: () => null }

async function overSocket(): Promise<CoreClient> {
  const { core } = await openTestCore()
  const tokens = createSessionTokens(`${tempFolder()}/tokens.json`, Date.now)
  const server = await startLoopbackServer({
    port: 0,
    router: core.router,
    files: NO_FILES,
    tokens,
    onError: (error) => {
      throw error
    },
  })
  onTestFinished(() => server.close())
  const link = server.newLink()
  const { client, close } = await connectHost({ link, origin: new URL(link).origin })
  onTestFinished(close)
  return client
}

async function overPort(): Promise<CoreClient> {
  const { core } = await openTestCore()
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(core.router).upgrade(port1)
  port1.start()
  port2.start()
  onTestFinished(() => {
    port1.close()
    port2.close()
  })
  return createORPCClient(new RPCLink({ port: port2 }))
}

export const CARRIERS: Readonly<Record<string, () => Promise<CoreClient>>> = {
  memory: async () => (await openTestCore()).client,
  WebSocket: overSocket,
  MessagePort: overPort,
}
