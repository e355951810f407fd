/** Where Electron's binary is, and how it is obtained: it is not part of the npm package. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const DEFAULT_SOURCE = 'https://github.com/electron/electron/releases/'
const PROBE_MS = 3_000
const DOWNLOAD_MS = 10 * 60 * 1000

/** The folder of the npm package; null where it is not installed. */
function packageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return null
  }
}

/** The binary's path; null while it is not here. */
export function electronBinary(): string | null {
  const folder = packageFolder()
  if (!folder || !existsSync(join(folder, 'path.txt'))) return null
  const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
  return existsSync(binary) ? binary : null
}

/** Whether the place that the binary comes from answers, within three seconds. */
export async function canFetchElectron(): Promise<boolean> {
  if (!packageFolder()) return false
  const { ELECTRON_MIRROR, npm_config_electron_mirror: mirror } = process.env
  try {
    await fetch(ELECTRON_MIRROR ?? mirror ?? DEFAULT_SOURCE, {
      method: 'HEAD',
      signal: AbortSignal.timeout(PROBE_MS),
    })
    return true
  } catch {
    return false
  }
}

/** Runs the package's own installer, ten minutes at most. @returns the binary's path, or null */
export async function fetchElectron(): Promise<string | null> {
  const folder = packageFolder()
  if (!folder) return null
  await new Promise<void>((done) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: ['ignore', 'inherit', 'ignore'],
      timeout: DOWNLOAD_MS,
    })
    child.on('error', () => done())
    child.on('exit', () => done())
  })
  return electronBinary()
}
