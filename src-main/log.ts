/** The log: a file in the data folder, private, begun anew when it has grown. No payloads, no secrets. */
import { existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'

const MAX_BYTES = 5 * 1024 * 1024

/** @param dataDir made where it is missing; where it cannot be written, nothing is logged */
export function createLog(dataDir: string): Logger {
  const path = join(dataDir, 'hookstage.log')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if (existsSync(path) && statSync(path).size > MAX_BYTES) renameSync(path, `${path}.1`)
    const file = pino.destination({ dest: openSync(path, 'a', 0o600), sync: false })
    // A disk that is full ends the log, not Hookstage.
    file.on('error', () => undefined)
    return pino(file)
  } catch {
    return pino({ enabled: false })
  }
}
