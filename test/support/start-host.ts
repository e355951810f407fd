/** The built browser host as a process of its own, on a free port and a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface Host {
  /** The link that opens the page, once. */
  readonly link: string
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly dataDir: string
  readonly process: ChildProcess
  /** Ends it in order, as Ctrl+C does; answers its exit status. */
  stop(): Promise<number | null>
  /** Ends it as a crash does. */
  kill(): Promise<void>
  /** Starts another on the same folder. */
  again(): Promise<Host>
  /** Ends it, if need be, and removes its folder. */
  remove(): Promise<void>
}

const SERVE = resolve(import.meta.dirname, '../../out/main/serve.js')
const START_MS = 20_000

/** @param flags more of the command line's */
export async function startHost(
  dataDir: string = mkdtempSync(join(tmpdir(), 'hookstage-host-')),
  flags: readonly string[] = [],
): Promise<Host> {
  const child = spawn(process.execPath, [SERVE, '--no-open', '--data-dir', dataDir, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const link = await Promise.race([printedLink(child), gone(exited)])
  return {
    link,
    origin: new URL(link).origin,
    dataDir,
    process: child,
    stop: () => {
      child.kill('SIGINT')
      return exited
    },
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    again: () => startHost(dataDir, flags),
    remove: async () => {
      child.kill('SIGKILL')
      await exited
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function printedLink(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the host has no output')
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS)
  for await (const line of createInterface({ input: child.stdout })) {
    const link = /http:\/\/127\.0\.0\.1:\d+\/#code=\S+/.exec(line)?.[0]
    if (!link) continue
    clearTimeout(timer)
    child.stdout.resume()
    return link
  }
  throw new Error('the host ended before it printed its link')
}

async function gone(exited: Promise<number | null>): Promise<never> {
  throw new Error(`the host ended with status ${await exited}`)
}
