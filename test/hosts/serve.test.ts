import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildHost } from '../support/built-host.ts'
import { connectHost, exchangeCode } from '../support/host-client.ts'
import { tempFolder } from '../support/temp-folder.ts'

const ROOT = resolve(import.meta.dirname, '../..')
let place = ''

interface Ran {
  readonly child: ChildProcess
  output(): string
  readonly exited: Promise<number | null>
  /** Resolves with the link once it is printed. */
  link(): Promise<string>
}

/** Runs an entry as it is built. */
function run(
  entry: 'serve.js' | 'launch.js',
  args: readonly string[],
  env: Record<string, string> = {},
): Ran {
  const child = spawn(process.execPath, [join(place, entry), ...args], {
    cwd: ROOT,
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ...env },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })
  return {
    child,
    output: () => output,
    exited,
    link: async () => {
      for (;;) {
        const found = /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/.exec(output)?.[0]
        if (found) return found
        await Promise.race([
          once(child.stdout, 'data'),
          exited.then((code) => Promise.reject(new Error(`ended with ${code}: ${output}`))),
        ])
      }
    },
  }
}

const serve = (...args: string[]) => run('serve.js', ['--no-open', ...args])

async function ended({ exited, output }: Ran): Promise<{ status: number | null; text: string }> {
  return { status: await exited, text: output() }
}

beforeAll(async () => {
  place = await buildHost()
}, 60_000)

describe('the command line', () => {
  it.each([
    [['--help'], 0, /--data-dir FOLDER/],
    [['--version'], 0, /^\d+\.\d+\.\d+/],
    [['--colour'], 2, /Unknown option '--colour'[\s\S]*Usage/],
    [['--port', 'abc'], 2, /“abc” is not a port/],
    [['--port', '70000'], 2, /“70000” is not a port/],
    [['--data-dir', ''], 2, /needs the name of a folder/],
  ])('%j', async (args, status, text) => {
    const result = await ended(serve(...args))
    expect(result.status).toBe(status)
    expect(result.text).toMatch(text)
  })
})

describe('the browser host as a process', () => {
  it('prints a link that works, keeps its files private, and ends in order', async () => {
    const dataDir = join(tempFolder(), 'data')
    const host = serve('--data-dir', dataDir)
    const link = await host.link()
    const { client, close } = await connectHost({ link, origin: new URL(link).origin })
    expect(await client.app.status()).toMatchObject({ host: 'browser', dataDir })
    close()
    expect(statSync(dataDir).mode & 0o077).toBe(0)
    for (const file of ['hookstage.sqlite', 'secrets.key', 'owner.json', 'browser-host.json']) {
      expect(statSync(join(dataDir, file)).mode & 0o077, file).toBe(0)
    }
    host.child.kill('SIGINT')
    const { status, text } = await ended(host)
    expect(status).toBe(0)
    expect(text).toMatch(/everything is kept/)
    expect(text).not.toMatch(/Error/)
  })

  it('answers a second start on the same folder with a fresh link to the first', async () => {
    const dataDir = tempFolder()
    const first = await serve('--data-dir', dataDir).link()
    const second = await ended(serve('--data-dir', dataDir))
    expect(second.status).toBe(0)
    expect(second.text).toMatch(/already running/)
    const link = /http\S+/.exec(second.text)?.[0] ?? ''
    expect(new URL(link).origin).toBe(new URL(first).origin)
    expect(await exchangeCode({ link, origin: new URL(link).origin })).toMatch(/^[\w-]{43}$/)
  })

  it('comes back on the same port, where the page’s token is still taken, even after a crash', async () => {
    const dataDir = tempFolder()
    const host = serve('--data-dir', dataDir)
    const link = await host.link()
    const { origin } = new URL(link)
    const token = await exchangeCode({ link, origin })
    host.child.kill('SIGKILL')
    await host.exited
    const again = await serve('--data-dir', dataDir).link()
    expect(new URL(again).origin).toBe(origin)
    const { client, close } = await connectHost({ link: again, origin }, token)
    expect(await client.webhook.list()).toHaveLength(5)
    close()
  })

  it('says so when the wished port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    const { status, text } = await ended(serve('--data-dir', tempFolder(), '--port', String(port)))
    expect(status).toBe(1)
    expect(text).toMatch(new RegExp(`Port ${port} is taken`))
  })

  it('refuses a database from a newer Hookstage, untouched', async () => {
    const dataDir = tempFolder()
    const file = join(dataDir, 'hookstage.sqlite')
    const db = new Database(file)
    db.pragma('user_version = 999')
    db.close()
    const before = readFileSync(file)
    const { status, text } = await ended(serve('--data-dir', dataDir))
    expect(status).toBe(1)
    expect(text).toMatch(/newer Hookstage/)
    expect(text).not.toMatch(/at .*\.ts:\d+/)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('starts with an explanation when the database is damaged, and keeps the damaged file', async () => {
    const dataDir = tempFolder()
    writeFileSync(join(dataDir, 'hookstage.sqlite'), 'not a database at all'.repeat(500))
    const link = await serve('--data-dir', dataDir).link()
    const { client, close } = await connectHost({ link, origin: new URL(link).origin })
    const { notices } = await client.app.status()
    close()
    expect(notices).toMatchObject([{ severity: 'warning', title: 'The database was damaged' }])
    const kept = /kept: (\S+)/.exec(notices[0]?.message ?? '')?.[1] ?? ''
    expect(readFileSync(kept, 'utf8')).toContain('not a database at all')
  })

  it('says in words that it cannot write to its folder', async () => {
    const file = join(tempFolder(), 'a-file')
    writeFileSync(file, '')
    const { status, text } = await ended(serve('--data-dir', join(file, 'x')))
    expect(status).toBe(1)
    expect(text).toMatch(/cannot write to its data folder/)
  })

  it.each([
    ['its database', 'hookstage.sqlite', /cannot use its database .*hookstage\.sqlite/],
    ['the key of its secrets', 'secrets.key', /cannot read the key .*secrets\.key/],
  ])('says in words that it cannot open %s', async (_what, name, words) => {
    const dataDir = tempFolder()
    mkdirSync(join(dataDir, name))
    const { status, text } = await ended(serve('--data-dir', dataDir))
    expect(status).toBe(1)
    expect(text).toMatch(words)
    expect(text).not.toMatch(/^\s+at /m)
  })

  it('leaves a key that is none alone, and says what to do', async () => {
    const dataDir = tempFolder()
    writeFileSync(join(dataDir, 'secrets.key'), 'half a key')
    const { status, text } = await ended(serve('--data-dir', dataDir))
    expect(status).toBe(1)
    expect(text).toMatch(/is damaged.* Put back a copy/)
    expect(readFileSync(join(dataDir, 'secrets.key'), 'utf8')).toBe('half a key')
  })

  it('serves without a log where none can be written', async () => {
    const dataDir = tempFolder()
    mkdirSync(join(dataDir, 'hookstage.log'))
    const host = serve('--data-dir', dataDir)
    const link = await host.link()
    const { client, close } = await connectHost({ link, origin: new URL(link).origin })
    expect(await client.webhook.list()).toHaveLength(5)
    close()
    host.child.kill('SIGINT')
    expect(await host.exited).toBe(0)
  })
})

describe('the launcher', () => {
  it('says in one sentence why there is no window, and serves', async () => {
    const host = run('launch.js', ['--no-open', '--data-dir', tempFolder()])
    await host.link()
    expect(host.output().split('\n')[0]).toMatch(/so Hookstage opens in your browser\.$/)
    host.child.kill('SIGTERM')
    expect(await host.exited).toBe(0)
  })

  it('serves without a word of Electron when told to', async () => {
    const host = run('launch.js', ['--browser', '--no-open', '--data-dir', tempFolder()])
    await host.link()
    expect(host.output()).not.toMatch(/Electron|window/)
  })
})
