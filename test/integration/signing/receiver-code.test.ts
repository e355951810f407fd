/**
 * The receiver code that the Signature tab offers, run as pasted: it accepts a request that was
 * really sent, and rejects it once the body, the signature or the secret is another, or it is old.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  type AttemptId,
  emptySigning,
  type OwnSigning,
  ROTATING_SCHEMES,
  type SignatureView,
  type SigningScheme,
} from '#contract'
import { generateSecret } from '../../../src-main/signing/index.ts'
import { draftWith } from '../../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { startWireServer } from '../../support/wire-server.ts'

type Language = SignatureView['code'][number]['language']

const LANGUAGES: Readonly<Record<Language, { command: string; file: string }>> = {
  node: { command: process.execPath, file: 'receiver.mjs' },
  python: { command: 'python3', file: 'receiver.py' },
}

/** Runs the program and answers where it listens. */
async function listening(
  code: string,
  language: Language,
  env: Record<string, string>,
): Promise<string> {
  const { command, file } = LANGUAGES[language]
  const path = join(tempFolder(), file)
  writeFileSync(path, code)
  const child = spawn(command, [path], { env: { ...process.env, PORT: '0', ...env } })
  onTestFinished(() => {
    child.kill()
  })
  return firstUrl(child)
}

function firstUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: unknown) => {
      output += String(chunk)
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
      if (url) resolve(url)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`it ended: ${output}`)))
  })
}

interface Setup {
  readonly client: CoreClient
  readonly view: SignatureView
  readonly attemptId: AttemptId
  readonly secret: string
  readonly publicKey: string | null
  /** The request as it went over the wire, to be sent elsewhere. */
  readonly headers: [string, string][]
  readonly body: Buffer
}

/** Signs one event, with a second secret where the scheme rotates, and sends it to a recorder. */
async function sentSigned(scheme: SigningScheme, change: Partial<OwnSigning> = {}): Promise<Setup> {
  const { client } = await openTestCore()
  const server = await startWireServer({
    onRequest: (connection) => connection.send('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'),
  })
  const [old, { secret, publicKey }] = [generateSecret(scheme), generateSecret(scheme)]
  const text = (value: string) => ({ kind: 'secret', text: value }) as const
  const rotates = ROTATING_SCHEMES.includes(scheme)
  const signing = {
    scheme,
    secret: text(rotates ? old.secret : secret),
    secondSecret: text(rotates ? secret : ''),
    own: { ...emptySigning().own, ...change },
  }
  const endpoint = { kind: 'plain', text: `${server.origin}/in` } as const
  const { id } = await client.webhook.save({
    webhookId: null,
    draft: draftWith({ endpoint, signing, event: 'attendee.created' }),
  })
  const fired = await client.webhook.fireSample({ webhookId: id, seed: 1 })
  const [delivery] = await ended(client, fired.deliveries)
  const attemptId = delivery?.attemptList[0]?.id
  const [request] = server.requests
  if (!attemptId || !request) throw new Error('nothing was sent')
  const { signature } = await client.signing.view({ attemptId })
  if (!signature) throw new Error('it was not signed')
  const lines = request.head.toString('latin1').trim().split('\r\n').slice(1)
  const headers = lines.map((line): [string, string] => {
    const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(line) ?? []
    return [name, value]
  })
  return { client, view: signature, attemptId, secret, publicKey, headers, body: request.body }
}

async function post(url: string, headers: readonly [string, string][], body: Buffer) {
  const managed = new Set(['host', 'connection', 'content-length'])
  const sent = headers.filter(([name]) => !managed.has(name))
  return (await fetch(url, { method: 'POST', headers: sent, body: new Uint8Array(body) })).status
}

function withHeader(
  headers: readonly [string, string][],
  change: (name: string, value: string) => string,
): [string, string][] {
  return headers.map(([name, value]) => [name, change(name.toLowerCase(), value)])
}

const OWN: readonly Partial<OwnSigning>[] = [
  { header: "X-It's`Own", prefix: 'q"\\uote=', signed: 'body', hash: 'sha1' },
  { header: 'X-Own', signed: 'ts.body', hash: 'sha512', encoding: 'base64', key: 'base64' },
  { header: 'X-Own', prefix: 'é ', signed: 'id.ts.body' },
]
const CASES: readonly (readonly [SigningScheme, Partial<OwnSigning>])[] = [
  ...(['standard', 'standard_ed25519', 'github', 'stripe', 'slack', 'webex', 'teams'] as const).map(
    (scheme) => [scheme, {}] as const,
  ),
  ...OWN.map((own) => ['own', own] as const),
]

function runs(...args: string[]): boolean {
  try {
    execFileSync('python3', args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What this machine can run; what it cannot is said, not left out in silence. */
const HAS_PYTHON = runs('--version')
const HAS_CRYPTOGRAPHY = HAS_PYTHON && runs('-c', 'import cryptography')
if (!HAS_PYTHON) console.info('There is no python3 here: receivers in Python were not run.')
else if (!HAS_CRYPTOGRAPHY) {
  console.info('python3 has no package cryptography here: the ed25519 receiver was not run.')
}
const RUNNABLE: readonly Language[] = HAS_PYTHON ? ['node', 'python'] : ['node']

function casesOf(language: Language) {
  return CASES.filter(
    ([scheme]) => scheme !== 'standard_ed25519' || language === 'node' || HAS_CRYPTOGRAPHY,
  )
}

describe.each(RUNNABLE)('the receiver in %s', (language) => {
  it.each(casesOf(language))(
    'runs as pasted and tells right from wrong: %s %o',
    async (scheme, change) => {
      const { view, secret, publicKey, headers, body } = await sentSigned(scheme, change)
      const code = view.code.find((one) => one.language === language)?.text ?? ''
      expect(code).not.toContain(secret)
      const env: Record<string, string> = publicKey
        ? { WEBHOOK_PUBLIC_KEY: publicKey }
        : { WEBHOOK_SECRET: secret }
      const url = await listening(code, language, env)

      expect(await post(url, headers, body)).toBe(200)
      const tampered = Buffer.from(body.toString('latin1').replace('a', 'b'), 'latin1')
      expect(await post(url, headers, tampered)).toBe(401)
      const names = view.headers.map(({ name }) => name.toLowerCase())
      const unsigned = headers.filter(([name]) => !names.includes(name.toLowerCase()))
      expect(await post(url, unsigned, body)).toBe(401)
      const carrier = names.at(-1)
      const forged = withHeader(headers, (name, value) =>
        name === carrier
          ? value.replace(/.(?=.{10}$)/, (c) => (c === 'a' ? 'b' : 'a')).replace(/v1=./, 'v1=g')
          : value,
      )
      expect(await post(url, forged, body)).toBe(401)
    },
  )

  it.each(['standard', 'stripe', 'slack'] as const)(
    'refuses an old request: %s',
    async (scheme) => {
      const { view, secret, headers, body } = await sentSigned(scheme)
      const code = view.code.find((one) => one.language === language)?.text ?? ''
      const past = code
        .replace('Date.now() / 1000', '(Date.now() / 1000 + 301)')
        .replace('time.time()', '(time.time() + 301)')
      expect(past).not.toBe(code)
      const url = await listening(past, language, { WEBHOOK_SECRET: secret })
      expect(await post(url, headers, body)).toBe(401)
    },
  )
})
