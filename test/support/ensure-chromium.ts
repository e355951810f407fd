/**
 * A real Chromium for the tests: the one named by HOOKSTAGE_CHROMIUM, one on the PATH, Playwright's
 * own, or one that is fetched: by Playwright, or as Debian's package when we are root.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { chromium } from '@playwright/test'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
const DOWNLOAD_MS = 5 * 60 * 1000

const isRoot = process.getuid?.() === 0

/** What keeps it from looking for hosts that tests have no use for; as root it has no sandbox. */
export const chromiumArgs: string[] = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]

/** @throws Error in words when there is none and none can be had */
export async function chromiumPath(): Promise<string> {
  const present = presentChromium()
  if (present) return present
  process.stdout.write('There is no Chromium on this machine; fetching one for the tests…\n')
  const cli = resolve(import.meta.dirname, '../../node_modules/.bin/playwright')
  run(cli, ['install', 'chromium'])
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', 'chromium'])
  }
  const fetched = presentChromium()
  if (fetched) return fetched
  throw new Error(
    'No Chromium could be found or fetched. Install one, or name it: HOOKSTAGE_CHROMIUM=/path/to/chromium npm test',
  )
}

function presentChromium(): string | null {
  const named = process.env.HOOKSTAGE_CHROMIUM
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`HOOKSTAGE_CHROMIUM names ${named}, which does not exist.`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...places, MAC_CHROME, chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

function run(command: string, args: string[]): void {
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: DOWNLOAD_MS })
}
