/** Where Electron's binary is, and how it is obtained: it is not part of the npm package. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

const DEFAULT_SOURCE = 'https://github.com/electron/electron/releases/'
const PROBE_MS = 3_000
const DOWNLOAD_MS = 5 * 60 * 1000
const WORD_EVERY_MS = 10_000

/** The folder of the npm package; null where it is not installed. */
function packageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return null
  }
}

/**
 * The binary's path; null while it is not here. ELECTRON_OVERRIDE_DIST_PATH names a folder that has
 * it instead, as it does for Electron's own scripts.
 */
export function electronBinary(): string | null {
  const folder = packageFolder()
  const { ELECTRON_OVERRIDE_DIST_PATH: override } = process.env
  if (!folder) return null
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : override && 'electron'
  if (!name) return null
  const binary = join(override ?? join(folder, 'dist'), name)
  return existsSync(binary) ? binary : null
}

/** Whether it was downloaded before, or the place it comes from answers within three seconds. */
export async function canFetchElectron(): Promise<boolean> {
  const folder = packageFolder()
  if (!folder) return false
  if (isCached(folder)) return true
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

/** `npm ci` removes the unpacked binary; the archive stays in the cache of Electron's installer. */
function isCached(folder: string): boolean {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string
  }
  const archive = `electron-v${version}-${process.platform}-${process.arch}.zip`
  try {
    const cache = cacheFolder(process.env, homedir())
    return readdirSync(cache).some((entry) => existsSync(join(cache, entry, archive)))
  } catch {
    return false
  }
}

function cacheFolder(env: NodeJS.ProcessEnv, home: string): string {
  if (env.electron_config_cache) return env.electron_config_cache
  if (process.platform === 'darwin') return join(home, 'Library', 'Caches', 'electron')
  if (process.platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'electron', 'Cache')
  }
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'electron')
}

/**
 * Runs the package's own installer, five minutes at most.
 * @param onWait called every ten seconds with the seconds so far
 * @returns the binary's path, or null
 */
export async function fetchElectron(onWait: (seconds: number) => void): Promise<string | null> {
  const folder = packageFolder()
  if (!folder) return null
  const startedMs = performance.now()
  const words = setInterval(
    () => onWait(Math.round((performance.now() - startedMs) / 1000)),
    WORD_EVERY_MS,
  )
  await new Promise<void>((done) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: 'ignore',
      timeout: DOWNLOAD_MS,
    })
    child.on('error', () => done())
    child.on('exit', () => done())
  })
  clearInterval(words)
  return electronBinary()
}
