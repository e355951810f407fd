/** The thread that reads one large import for recognise-apart.ts, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../errors.ts'
import { type Recognition, recognise } from '../interchange/recognise.ts'

/** What was found, or why nothing can be imported, in words. */
export type FromThread = { readonly found: Recognition } | { readonly fault: string }

function read(bytes: Uint8Array): FromThread {
  try {
    return { found: recognise(bytes) }
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return { fault: error.message }
    throw error
  }
}

parentPort?.postMessage(read(workerData as Uint8Array))
