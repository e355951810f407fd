/**
 * What `npm start` runs once everything is built: Hookstage in Electron where that can be had, else
 * in the browser, after one sentence that says why. Nothing but the Electron host needs Electron.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseFlags } from './command-line.ts'
import { canFetchElectron, electronBinary, fetchElectron } from './electron-binary.ts'
import { serve } from './serve.ts'

const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const OLDEST_NODE = 22

async function launch(args: readonly string[]): Promise<number> {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    process.stderr.write(
      `This is Node ${process.versions.node}. Start Hookstage with npm start, which brings a newer one along.\n`,
    )
    return 1
  }
  const flags = parseFlags(args)
  if ('problem' in flags || flags.browser || flags.help || flags.version) return serve(args)
  const found = await findElectron()
  if ('binary' in found) return runElectron(found.binary, args)
  process.stdout.write(`${found.reason}, so Hookstage opens in your browser.\n`)
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
  const fetched = await fetchElectron()
  return fetched ? { binary: fetched } : { reason: 'Electron could not be fetched' }
}

function runElectron(binary: string, args: readonly string[]): Promise<number> {
  return new Promise((done) => {
    const child = spawn(binary, [join(import.meta.dirname, 'electron.js'), ...args], {
      stdio: 'inherit',
    })
    for (const signal of FORWARDED_SIGNALS) process.on(signal, () => child.kill(signal))
    child.on('error', (error) => {
      process.stderr.write(`Electron did not start: ${error.message}\n`)
      done(1)
    })
    child.on('exit', (code) => done(code ?? 1))
  })
}

process.exitCode = await launch(process.argv.slice(2))
