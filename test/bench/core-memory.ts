/**
 * Run as a process of its own: 100,000 deliveries through a whole core, then its memory. Prints the
 * resident set in MB. Started by run.ts with the address of a server to send to.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import pino from 'pino'
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

const started = performance.now()
for (let sent = 0; sent < DELIVERIES; sent += GROUP) {
  for (let i = 0; i < GROUP; i++) {
    await client.simulator.fire({ event: 'meeting.booked', payloadText, stamp: true })
  }
  await drained()
}
const seconds = (performance.now() - started) / 1000
process.stdout.write(
  JSON.stringify({ residentMb: process.memoryUsage.rss() / 1024 / 1024, seconds }),
)
await core.close()
rmSync(dataDir, { recursive: true, force: true })

async function drained(): Promise<void> {
  for (;;) {
    const { queued, sending } = await client.app.status()
    if (queued + sending === 0) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
