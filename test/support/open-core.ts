/**
 * A real core in a folder of its own with a typed client in memory, closed after the test; what it
 * logs as an error is shown where the test fails.
 */

import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import pino from 'pino'
import { onTestFailed, onTestFinished } from 'vitest'
import type { Contract, Delivery, DeliveryId } from '#contract'
import { type Core, openCore } from '../../src-main/services.ts'
import { tempFolder } from './temp-folder.ts'

export type CoreClient = ContractRouterClient<Contract>

export async function openTestCore(
  dataDir: string = tempFolder(),
): Promise<{ core: Core; client: CoreClient; dataDir: string }> {
  const said: string[] = []
  const log = pino({ level: 'error' }, { write: (line) => said.push(line) })
  onTestFailed(({ task }) => {
    if (said.length > 0) task.result?.errors?.push({ name: 'Log', message: said.join('') })
  })
  const core = await openCore({ dataDir, host: 'memory', log })
  let closed = false
  const close = async () => {
    if (!closed) await core.close()
    closed = true
  }
  onTestFinished(close)
  const client: CoreClient = createRouterClient(core.router)
  return { core: { ...core, close }, client, dataDir }
}

/** Waits, by the stream of facts, until every one of the deliveries has ended. */
export async function ended(client: CoreClient, ids: readonly DeliveryId[]): Promise<Delivery[]> {
  const facts = await client.app.facts()
  for await (const batch of facts) {
    void batch
    const rows = []
    for (let start = 0; start < ids.length; start += 500) {
      rows.push(...(await client.delivery.some({ ids: ids.slice(start, start + 500) })))
    }
    if (rows.length === ids.length && rows.every(({ finishedAtMs }) => finishedAtMs !== null)) break
  }
  return Promise.all(ids.map((deliveryId) => client.delivery.get({ deliveryId })))
}
