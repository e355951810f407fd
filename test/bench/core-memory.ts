/**
 * Run as a process of its own: 100,000 deliveries through a whole core, then its memory. Prints the
 * resident set in MB. Fails when one was not recorded as delivered. Started by run.ts with the address of a server to send to.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createRouterClient } from '@orpc/server'
import pino from 'pino'
import { DELIVERY_STATUSES, type DeliveryStatus, type DeliverySummary } from '#contract'
import { openCore } from '../../src-main/services.ts'
import { draftWith } from '../support/factories.ts'

const DELIVERIES = 100_000
const GROUP = 500

const dataDir = mkdtempSync(join(tmpdir(), 'hookstage-bench-'))
const core = await openCore({ dataDir, host: 'memory', log: pino({ enabled: false }) })
const client = createRouterClient(core.router)
await client.app.removeSamples()
const endpoint = { kind: 'plain' as const, text: `${process.argv[2]}/in` }
await client.webhook.save({ webhookId: null, draft: draftWith({ endpoint }) })
const { payloadText } = await client.simulator.payload({ event: 'meeting.booked', seed: 1 })

let fired = 0
const started = performance.now()
for (let sent = 0; sent < DELIVERIES; sent += GROUP) {
  for (let i = 0; i < GROUP; i++) {
    const { deliveries } = await client.simulator.fire({
      event: 'meeting.booked',
      payloadText,
      stamp: true,
    })
    fired += deliveries.length
  }
  await drained()
}
const seconds = (performance.now() - started) / 1000
const residentMb = process.memoryUsage.rss() / 1024 / 1024
await allDelivered()
process.stdout.write(JSON.stringify({ residentMb, seconds }))
await core.close()
rmSync(dataDir, { recursive: true, force: true })

async function drained(): Promise<void> {
  for (;;) {
    const { queued, sending } = await client.app.status()
    if (queued + sending === 0) return
    await pause(5)
  }
}

async function allDelivered(): Promise<void> {
  // What has ended is committed a little later.
  while (await oneOf(['queued', 'sending'])) await pause(5)
  const other = await oneOf(DELIVERY_STATUSES.filter((status) => status !== 'delivered'))
  if (other) throw new Error(`a delivery ended as ${other.status}: ${other.reason}`)
  if (fired !== DELIVERIES) throw new Error(`${fired} were made`)
}

async function oneOf(statuses: DeliveryStatus[]): Promise<DeliverySummary | undefined> {
  const { items } = await client.delivery.list({ filter: { statuses }, limit: 1 })
  return items[0]
}
