/**
 * What `npm start` runs once everything is built: Hookstage in Electron where that can be had, else
 * in the browser, after one sentence that says why. Nothing but the Electron host needs Electron.
 * The rest is imported late, since an old Node cannot even read it.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ALREADY_EXPLAINED, parseFlags } from './command-line.ts'
import { canFetchElectron, electronBinary, fetchElectron } from './electron-binary.ts'
import { V8_FLAGS } from './v8-flags.ts'

const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** The first with the Node-API of better-sqlite3 and `tls.getCACertificates`. */
const OLDEST_NODE = [22, 15] as const
/** Electron that ends by itself this soon has not opened a window: no sandbox, a missing library. */
const START_MS = 15_000

async function launch(args: readonly string[]): Promise<number> {
  if (isTooOld(process.versions.node)) {
    process.stderr.write(
      `Hookstage needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${process.versions.node}. Start it with npm start, which brings its own.\n`,
    )
    return 1
  }
  const flags = parseFlags(args)
  if ('problem' in flags || flags.browser || flags.help || flags.version) return serveLate(args)
  const found = await findElectron()
  const status = 'binary' in found ? await runElectron(found.binary, args) : null
  if (status !== null) return status
  const reason = 'reason' in found ? found.reason : 'Electron did not start'
  process.stdout.write(`${reason}, so Hookstage opens in your browser.\n`)
  return serveLate(args)
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])
}

async function serveLate(args: readonly string[]): Promise<number> {
  const { serve } = await import('./serve.ts')
  return serve(args)
}

async function findElectron(): Promise<{ binary: string } | { reason: string }> {
  const { platform, env } = process
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { reason: 'There is no display for a window' }
  }
  const present = electronBinary()
  if (present) return { binary: present }
  if (!(await canFetchElectron())) {
    return { reason: 'Electron is not on this machine and cannot be fetched from here' }
  }
  process.stdout.write('Fetching Electron, once, about 100 MB…\n')
  const fetched = await fetchElectron((seconds) =>
    process.stdout.write(`Still fetching Electron, ${seconds} s…\n`),
  )
  return fetched ? { binary: fetched } : { reason: 'Electron could not be fetched' }
}

/** @returns its exit status; null when it ended before it can have opened a window */
function runElectron(binary: string, args: readonly string[]): Promise<number | null> {
  return new Promise((done) => {
    const startedMs = performance.now()
    let isAsked = false
    const forward = (signal: NodeJS.Signals) => {
      isAsked = true
      child.kill(signal)
    }
    // Before the start: a signal that comes with it would end the launcher alone.
    for (const signal of FORWARDED_SIGNALS) process.on(signal, forward)
    const entry = join(import.meta.dirname, 'electron.js')
    const child = spawn(binary, [`--js-flags=${V8_FLAGS.join(' ')}`, entry, ...args], {
      stdio: 'inherit',
    })
    const end = (status: number | null) => {
      for (const signal of FORWARDED_SIGNALS) process.off(signal, forward)
      done(status)
    }
    child.on('error', () => end(null))
    child.on('exit', (code) => {
      if (code === 0 || isAsked) end(code ?? 0)
      else if (code === ALREADY_EXPLAINED) end(1)
      else end(performance.now() - startedMs < START_MS ? null : (code ?? 1))
    })
  })
}

process.exitCode = await launch(process.argv.slice(2))
