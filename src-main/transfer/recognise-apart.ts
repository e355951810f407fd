/**
 * Recognises an import; a large one on a thread of its own, so that nothing else waits while tens of
 * megabytes are read.
 */
import { once } from 'node:events'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { importFault } from '../interchange/imported.ts'
import { type Recognition, recognise } from '../interchange/recognise.ts'
import type { FromThread } from './recognise-thread.ts'

/** Up to this size reading takes less than starting a thread. */
const MAX_BYTES_HERE = 512 * 1024
/** Beside this file in the sources, and beside what is built of it. */
const THREAD_FILE = join(import.meta.dirname, `recognise-thread${extname(import.meta.filename)}`)

/** @throws AppError `invalid` when it is nothing that can be imported, in words that say where */
export async function recogniseApart(
  bytes: Uint8Array,
  maxBytesHere: number = MAX_BYTES_HERE,
): Promise<Recognition> {
  if (bytes.length <= maxBytesHere) return recognise(bytes)
  const worker = new Worker(THREAD_FILE, { workerData: bytes })
  const [answer] = (await once(worker, 'message')) as [FromThread]
  if ('fault' in answer) throw importFault(answer.fault)
  return answer.found
}
