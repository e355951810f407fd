/**
 * The browser host: reads its flags, opens the core, serves the page on loopback, prints the link and
 * opens it where there is a browser. Imports nothing of Electron.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { parseFlags, USAGE } from './command-line.ts'
import { VERSION } from './config.ts'
import { AppError } from './errors.ts'
import { type LoopbackServer, startLoopbackServer } from './hosts/loopback-server.ts'
import { askForLink, readOwner, removeOwner, writeOwner } from './hosts/owner-file.ts'
import { createSessionTokens, type SessionTokens } from './hosts/session-tokens.ts'
import { readStaticFiles, type StaticFiles } from './hosts/static-files.ts'
import { createLog } from './log.ts'
import { type Core, openCore } from './services.ts'

const LINK_WORDS = 'The link opens once, within five minutes. The same command gives a fresh one.'
const QUIT_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Serves until a signal ends it. @returns the exit status
 * @param args the command line's arguments, without node and the script
 */
export async function serve(args: readonly string[]): Promise<number> {
  const flags = parseFlags(args)
  if ('problem' in flags) return fail(2, `${flags.problem}\n\n${USAGE}`)
  if (flags.help) return say(USAGE)
  if (flags.version) return say(VERSION)
  const log = createLog(flags.dataDir)
  let core: Core
  try {
    core = await openCore({ dataDir: flags.dataDir, host: 'browser', log })
  } catch (error) {
    if (!(error instanceof AppError)) return failUnexpectedly(log, error)
    if (error.code === 'conflict') return joinRunning(flags.dataDir, flags.open, error.message)
    return fail(1, error.message)
  }
  try {
    const tokens = createSessionTokens(join(flags.dataDir, 'browser-host.json'), Date.now)
    const server = await startServer(core, flags.port, tokens, (error) => log.error({ err: error }))
    tokens.rememberPort(server.port)
    writeOwner(flags.dataDir, {
      pid: process.pid,
      host: 'browser',
      port: server.port,
      token: server.ownerToken,
    })
    const quit = quitSignal()
    const link = server.newLink()
    say(`Hookstage is at ${link}\n${LINK_WORDS}\nPress Ctrl+C to end it.`)
    if (flags.open) openBrowser(link)
    await quit
    say('Ending…')
    await server.close()
    removeOwner(flags.dataDir)
  } catch (error) {
    if (!(error instanceof AppError)) return failUnexpectedly(log, error)
    return fail(1, error.message)
  } finally {
    await core.close().catch((error: unknown) => log.error({ err: error }, 'closing failed'))
  }
  return say('Hookstage has ended; everything is kept.')
}

/** The wished port, or where none is wished the last one, so that an open page finds its way back. */
async function startServer(
  { router }: Core,
  wished: number | null,
  tokens: SessionTokens,
  onError: (error: unknown) => void,
): Promise<LoopbackServer> {
  const deps = { router, files: builtPage(), tokens, onError }
  try {
    return await startLoopbackServer({ ...deps, port: wished ?? tokens.lastPort() ?? 0 })
  } catch (error) {
    if (!isTaken(error)) throw error
    if (wished === null) return startLoopbackServer({ ...deps, port: 0 })
    const message = `Port ${wished} is taken or not allowed. Choose another with --port, or leave it out for any free one.`
    throw new AppError('unavailable', message)
  }
}

function isTaken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return code === 'EADDRINUSE' || code === 'EACCES'
}

/** The page's build lies beside the built main process. */
function builtPage(): StaticFiles {
  const places = [
    resolve(import.meta.dirname, '../renderer'),
    resolve(import.meta.dirname, '../../renderer'),
    resolve(import.meta.dirname, '../out/renderer'),
  ]
  const place = places.find((path) => existsSync(join(path, 'index.html')))
  if (!place)
    throw new AppError('unavailable', 'The page is not built yet. Run npm start, which builds it.')
  return readStaticFiles(place)
}

async function joinRunning(dataDir: string, open: boolean, message: string): Promise<number> {
  const owner = readOwner(dataDir)
  const link = owner && (await askForLink(owner))
  if (!link) {
    const where = owner?.host === 'electron' ? ' It is open in a window of its own.' : ''
    return fail(
      1,
      `${message}${where} End that one first, or choose another folder with --data-dir.`,
    )
  }
  if (open) openBrowser(link)
  return say(`Hookstage is already running with this data folder. It is at ${link}`)
}

function quitSignal(): Promise<void> {
  return new Promise((end) => {
    let asked = false
    for (const signal of QUIT_SIGNALS) {
      process.on(signal, () => {
        if (asked) process.exit(130)
        asked = true
        end()
      })
    }
  })
}

/** Opens the link where there is a desktop to open it on; the printed link serves otherwise. */
function openBrowser(link: string): void {
  const { platform, env } = process
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return
  const [command, ...args] =
    platform === 'darwin'
      ? ['open', link]
      : platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', link]
        : ['xdg-open', link]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

function say(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

function failUnexpectedly(log: Logger, error: unknown): number {
  log.fatal({ err: error }, 'the browser host failed')
  const detail = error instanceof Error ? error.message : String(error)
  return fail(
    1,
    `Something in Hookstage failed: ${detail}\nIts log, hookstage.log in the data folder, has the details.`,
  )
}

function fail(status: number, text: string): number {
  process.stderr.write(`${text}\n`)
  return status
}

if (/[\\/]serve\.[jt]s$/.test(process.argv[1] ?? '')) {
  process.exitCode = await serve(process.argv.slice(2))
}
