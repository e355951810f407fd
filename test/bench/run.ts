/** `npm run bench`: all figures in one run, each beside its limit. Not part of the tests. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { V8_FLAGS } from '../../src-main/v8-flags.ts'
import { benchBulk } from './bulk.ts'
import { benchBulkEnds } from './bulk-ends.ts'
import { benchDeliveries } from './deliveries.ts'
import { benchHistory } from './history.ts'
import { type Figure, print } from './measure.ts'
import { benchQueue } from './queue.ts'
import { startSink } from './sink.ts'
import { benchStart } from './start.ts'

async function benchMemory(): Promise<Figure[]> {
  const sink = await startSink()
  const child = spawn(
    process.execPath,
    [...V8_FLAGS, join(import.meta.dirname, 'core-memory.ts'), sink.origin],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  sink.stop()
  if (code !== 0) throw new Error('the deliveries whose memory is measured were not all made')
  const { residentMb, seconds } = JSON.parse(output) as { residentMb: number; seconds: number }
  return [
    {
      name: 'memory of the core after 100,000 deliveries',
      value: residentMb,
      unit: 'MB',
      limit: { atMost: 300 },
    },
    { name: '  fired one by one and sent, all of them, in', value: seconds, unit: 's' },
  ]
}

let kept = true
for (const bench of [
  benchDeliveries,
  benchBulk,
  benchBulkEnds,
  benchQueue,
  benchHistory,
  benchMemory,
  benchStart,
]) {
  for (const figure of await bench()) kept = print(figure) && kept
}
process.exitCode = kept ? 0 : 1
