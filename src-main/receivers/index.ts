/**
 * The built-in receivers: local endpoints that take requests and keep the last of them, to be looked
 * at. A port of their own, no token, no secrets; they send nothing. When their port is taken they
 * find another and say so; when they cannot listen at all, the app goes on without them.
 */
import { type AnswerScript, OK_SCRIPT, type Receiver, type ReceiverId, textAnswer } from '#contract'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import type { ReceiverStore } from '../store/receivers.ts'
import { type Listener, listen, type TextAnswer } from './listener.ts'
import { createRecentRequests, type RawRequest } from './recent-requests.ts'
import { scriptProblems } from './script-check.ts'
import { createScriptPlayer, type ScriptPlayer } from './script-player.ts'

export type { RawRequest } from './recent-requests.ts'

export interface Receivers {
  /** Resolves once they listen, or cannot; never rejects. */
  start(): Promise<void>
  /** Moves to another port (0: any); what was received stays. */
  restart(port: number): Promise<void>
  /** Null while they do not listen. */
  port(): number | null
  /** Why they do not listen where they were told to, in words. */
  problem(): string | null
  /** `http://127.0.0.1:4781/in/echo` */
  echoUrl(): string
  describeEcho(): Receiver
  /** From its first step on. @throws AppError `invalid` with the problems, `not_found` */
  setScript(id: ReceiverId, script: AnswerScript): Receiver
  /** @throws AppError `not_found` */
  restartScript(id: ReceiverId): Receiver
  /** A fresh address at Echo that fails twice, then answers 200. */
  showRetryUrl(): string
  /** The last 100 requests, newest first. */
  recent(): RawRequest[]
  /** One of them. @throws AppError `not_found` */
  request(id: number): RawRequest
  close(): Promise<void>
}

const ECHO = 'echo' as ReceiverId
const ECHO_PATH = '/in/echo'
const FAILS_TWICE: AnswerScript = {
  steps: [textAnswer(503, 'Busy, try again.', { times: 2 }), textAnswer(200, 'ok')],
  atEnd: 'repeat_last',
}
const MAX_SHOWN_RETRIES = 100
const PLAIN = 'text/plain; charset=utf-8'
const NOT_FOUND: TextAnswer = {
  status: 404,
  contentType: PLAIN,
  body: `No receiver is at this path. Echo is at ${ECHO_PATH}.\n`,
}

export function createReceivers(deps: {
  /** 0: any free one. */
  readonly port: number
  readonly scripts: Pick<ReceiverStore, 'script' | 'putScript'>
  readonly runtime: Runtime
  readonly hub: EventHub
  readonly onError: (error: unknown) => void
}): Receivers {
  const { runtime, hub, onError } = deps
  const recent = createRecentRequests()
  /** Addresses below Echo that fail twice, the oldest first. */
  const shownRetries = new Map<string, ScriptPlayer>()
  let player = createScriptPlayer(deps.scripts.script(ECHO) ?? OK_SCRIPT)
  let wishedPort = deps.port
  let listener: Listener | null = null
  let problem: string | null = null

  const open = (port: number) =>
    listen(port, {
      respond: (path) =>
        isEcho(path)
          ? { answer: shownRetries.get(path) ?? { next: play }, keep: true }
          : { answer: NOT_FOUND, keep: false },
      onReceived: (message) => {
        recent.add({ receivedAtMs: runtime.nowMs(), ...message })
        hub.publish({ kind: 'receiver.received' })
      },
      onError,
    })

  /** Starts, moves and ends follow each other: two at once would leave a server that nobody closes. */
  let last: Promise<void> = Promise.resolve()
  let isClosed = false

  function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.then(work)
    return last
  }

  async function start() {
    if (isClosed) return
    try {
      listener = await open(wishedPort)
      problem = null
    } catch (error) {
      await openElsewhere(error)
    }
  }

  async function openElsewhere(reason: unknown) {
    const why = refusal(wishedPort, reason)
    try {
      listener = await open(0)
      problem = `${why} The receivers listen on port ${listener.port} until the next start; endpoints that name ${wishedPort} do not reach them. Choose another port in Settings.`
    } catch (error) {
      onError(error)
      problem = `${why} No other port could be had either, so the built-in receivers are off. Choose another port in Settings.`
    }
  }

  async function stop() {
    const closing = listener
    listener = null
    await closing?.close()
  }

  function play() {
    const step = player.next()
    hub.publish({ kind: 'receiver.received' })
    return step
  }

  const echoUrl = () => `http://127.0.0.1:${listener?.port ?? wishedPort}${ECHO_PATH}`

  function describeEcho(): Receiver {
    return {
      id: ECHO,
      name: 'Echo',
      url: echoUrl(),
      listening: listener !== null,
      problem,
      script: player.script,
      position: player.position(),
      received: recent.count(),
    }
  }

  function changed(): Receiver {
    hub.publish({ kind: 'receiver.received' })
    return describeEcho()
  }

  return {
    start: () => inTurn(start),
    restart: (port) =>
      inTurn(async () => {
        await stop()
        wishedPort = port
        await start()
      }),
    port: () => listener?.port ?? null,
    problem: () => problem,
    echoUrl,
    describeEcho,
    setScript: (id, script) => {
      expectEcho(id)
      const problems = scriptProblems(script)
      const [first] = problems
      if (first) throw new AppError('invalid', first.message, problems)
      deps.scripts.putScript(id, script)
      player = createScriptPlayer(script)
      return changed()
    },
    restartScript: (id) => {
      expectEcho(id)
      player.restart()
      return changed()
    },
    showRetryUrl: () => {
      const path = `${ECHO_PATH}/fails-twice/${runtime.newId('try')}`
      shownRetries.set(path, createScriptPlayer(FAILS_TWICE))
      for (const oldest of shownRetries.keys()) {
        if (shownRetries.size > MAX_SHOWN_RETRIES) shownRetries.delete(oldest)
      }
      return new URL(path, echoUrl()).href
    },
    recent: () => recent.list(),
    request: (id) => {
      const request = recent.list().find((each) => each.id === id)
      if (!request) throw new AppError('not_found', 'This request is no longer kept.')
      return request
    },
    close: () => {
      isClosed = true
      return inTurn(stop)
    },
  }
}

function expectEcho(id: ReceiverId): void {
  if (id !== ECHO) throw new AppError('not_found', 'There is no such receiver.')
}

function isEcho(path: string): boolean {
  return path === ECHO_PATH || path.startsWith(`${ECHO_PATH}/`)
}

function refusal(port: number, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program.`
  if (code === 'EACCES') return `This account may not listen on port ${port}.`
  return `Port ${port} cannot be used (${code}).`
}
