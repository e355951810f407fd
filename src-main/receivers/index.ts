/**
 * The receivers: local endpoints that record what they are sent, answer as they are told to, or pass
 * it on. They share a port, without token or secrets, and may have one of their own besides. When the
 * shared port is taken they find another and say so; when none can be had, the app goes on without.
 */
import {
  type AnswerScript,
  type KeptSecret,
  OK_SCRIPT,
  type Receiver,
  type ReceiverChange,
  type ReceiverId,
  type SecretId,
  type SecretText,
  textAnswer,
} from '#contract'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import type { CaptureStore } from '../store/captures.ts'
import type { ReceiverStore, StoredReceiver } from '../store/receivers.ts'
import { forward, type PassOn } from './forward.ts'
import type { Answer, ReceivedMessage, Reception, TextAnswer } from './listener.ts'
import { createPortKeeper, type PortKeeper } from './port-keeper.ts'
import { freePath, isSecretUrl, receiverProblems } from './receiver-check.ts'
import { createRecorder } from './recorder.ts'
import { scriptProblems } from './script-check.ts'
import { createScriptPlayer, type ScriptPlayer } from './script-player.ts'

export interface Receivers {
  /** Resolves once they listen, or cannot; never rejects. */
  start(): Promise<void>
  /** Moves the shared port (0: any); what was received stays. */
  restart(port: number): Promise<void>
  /** Null while the shared port is not listened on. */
  port(): number | null
  /** Why they do not listen where they were told to, in words. */
  problem(): string | null
  /** `http://127.0.0.1:4781/in/echo` */
  echoUrl(): string
  list(): Receiver[]
  create(name: string): Receiver
  /** @throws AppError `invalid` with the problems, `not_found` */
  update(id: ReceiverId, change: ReceiverChange): Promise<Receiver>
  /** Can be undone with `restore` for a day. @throws AppError `invalid` for Echo */
  delete(id: ReceiverId): Promise<void>
  restore(id: ReceiverId): Promise<void>
  /** From its first step on. @throws AppError `invalid` with the problems, `not_found` */
  setScript(id: ReceiverId, script: AnswerScript): Receiver
  /** @throws AppError `not_found` */
  restartScript(id: ReceiverId): Receiver
  /** A fresh address at Echo that fails twice, then answers 200. */
  showRetryUrl(): string
  /** Resolves once what they were sent is recorded. */
  close(): Promise<void>
}

/** Where URLs that are secret are kept. */
interface Secrets {
  prepare(kind: 'endpoint', text: string): Promise<{ kept: KeptSecret; commit(): void }>
  /** Null when it is unknown or cannot be opened. */
  value(id: SecretId): string | null
  referencesChanged(): void
}

export interface ReceiversDeps {
  /** 0: any free one. */
  readonly port: number
  readonly store: ReceiverStore
  readonly captures: Pick<CaptureStore, 'record' | 'answered' | 'forwarded' | 'count'>
  readonly secrets: Secrets
  readonly passOn: PassOn
  readonly runtime: Runtime
  readonly hub: EventHub
  readonly onError: (error: unknown) => void
}

interface Live {
  readonly definition: StoredReceiver
  readonly player: ScriptPlayer
  /** Of a port of its own. */
  readonly keeper: PortKeeper | null
}

const ECHO = 'echo' as ReceiverId
const ECHO_PATH = '/in/echo'
const FAILS_TWICE: AnswerScript = {
  steps: [textAnswer(503, 'Busy, try again.', { times: 2 }), textAnswer(200, 'ok')],
  atEnd: 'repeat_last',
}
const MAX_SHOWN_RETRIES = 100
const NOWHERE: SecretText = { kind: 'plain', text: '' }

export function createReceivers(deps: ReceiversDeps): Receivers {
  const { store, secrets, runtime, hub, onError } = deps
  const recorder = createRecorder(deps)
  const all = new Map<ReceiverId, Live>()
  /** Addresses below Echo that fail twice, the oldest first. */
  const shownRetries = new Map<string, ScriptPlayer>()
  let wishedPort = deps.port
  let isClosed = false

  const shared = createPortKeeper(
    { receive: (path, message) => receive(atPath(path), path, message), notFound, onError },
    {
      words: (why, port) =>
        `${why} The receivers listen on port ${port} until the next start; endpoints that name ${wishedPort} do not reach them. Choose another port in Settings.`,
      off: 'No other port could be had either, so the built-in receivers are off. Choose another port in Settings.',
    },
  )

  if (!store.get(ECHO)) {
    const echo = { id: ECHO, name: 'Echo', path: ECHO_PATH, port: null, isStarted: true }
    store.put({ ...echo, script: OK_SCRIPT, forwardTo: NOWHERE }, 0)
  }
  for (const definition of store.list()) bring(definition)

  function bring(definition: StoredReceiver): Live {
    const { id, script, port } = definition
    const before = all.get(id)
    const isSame = before && JSON.stringify(before.player.script) === JSON.stringify(script)
    const player = isSame ? before.player : createScriptPlayer(script)
    const keeper = port === null ? null : (before?.keeper ?? ownKeeper(id))
    const live = { definition, player, keeper }
    all.set(id, live)
    return live
  }

  function ownKeeper(id: ReceiverId): PortKeeper {
    const take = (path: string, message: ReceivedMessage) => receive(all.get(id), path, message)
    return createPortKeeper({ receive: take, notFound, onError }, null)
  }

  function find(id: ReceiverId): Live {
    const live = all.get(id)
    if (!live) throw new AppError('not_found', 'There is no such receiver.')
    return live
  }

  function atPath(path: string): Live | undefined {
    for (const live of all.values()) {
      const own = live.definition.path
      if (path === own || path.startsWith(`${own}/`)) return live
    }
    return undefined
  }

  /** What is no request at all is recorded by Echo, wherever it was aimed. */
  function receive(
    live: Live | undefined,
    path: string,
    message: ReceivedMessage,
  ): Reception | null {
    const taker = live?.definition.isStarted ? live : null
    if (!taker && (message.problem === null || live)) return null
    const recording = recorder.record(taker?.definition.id ?? ECHO, message)
    return {
      answer: async () => {
        await recording.done
        if (!taker) return notFound()
        const target = forwardTarget(taker.definition)
        if (!target) return answerAt(path, taker)
        const below = taker.definition.path
        const rest = path.startsWith(below) ? path.slice(below.length) : path
        const { exchanged, answer } = await forward(deps.passOn, message, target, rest)
        recording.forwarded(exchanged)
        return answer
      },
      answered: recording.answered,
    }
  }

  function answerAt(path: string, { definition: { id } }: Live): Answer {
    const retry = shownRetries.get(path)
    if (retry) return retry
    return {
      next: () => {
        const step = find(id).player.next()
        hub.publish({ kind: 'captures.changed' })
        return step
      },
    }
  }

  function forwardTarget({ forwardTo }: StoredReceiver) {
    const text = forwardUrl(forwardTo)
    if (!URL.canParse(text)) return null
    return { url: new URL(text), secretId: forwardTo.kind === 'kept' ? forwardTo.secretId : null }
  }

  function forwardUrl(text: SecretText): string {
    return (text.kind === 'kept' ? (secrets.value(text.secretId) ?? '') : text.text).trim()
  }

  function notFound(): TextAnswer {
    const places = [...all.values()].map(
      ({ definition: { name, path } }) => `${name} is at ${path}`,
    )
    return {
      status: 404,
      contentType: 'text/plain; charset=utf-8',
      body: `No receiver is at this path. ${places.join(', ')}.\n`,
    }
  }

  const base = () => `http://127.0.0.1:${shared.port() ?? wishedPort}`

  function shown({ definition, player, keeper }: Live): Receiver {
    const { id, name, path, port, isStarted, forwardTo } = definition
    return {
      id,
      name,
      path,
      port,
      isStarted,
      forwardTo,
      isBuiltIn: id === ECHO,
      url: base() + path,
      ownUrl: port === null ? null : `http://127.0.0.1:${port}/`,
      listening: isStarted && shared.port() !== null,
      problem: [shared.problem(), keeper?.problem()].filter(Boolean).join(' ') || null,
      script: player.script,
      position: player.position(),
      received: deps.captures.count(id),
    }
  }

  function changed(id: ReceiverId): Receiver {
    hub.publish({ kind: 'captures.changed' })
    hub.publish({ kind: 'status.changed' })
    return shown(find(id))
  }

  const openOwn = async ({ definition: { port, isStarted }, keeper }: Live): Promise<void> => {
    if (isClosed || port === null || !keeper) return
    await (isStarted ? keeper.open(port) : keeper.shut())
  }

  function others(id: ReceiverId): StoredReceiver[] {
    return [...all.values()].flatMap(({ definition }) => (definition.id === id ? [] : [definition]))
  }

  /** Whether a request that is passed on there would come back. */
  function comesBack(id: ReceiverId, text: string): boolean {
    if (!URL.canParse(text)) return false
    const { hostname, port, pathname } = new URL(text)
    if (!/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return false
    const isShared = Number(port) === shared.port()
    const own = [...all.values()].find(({ definition }) => definition.port === Number(port))
    const live = isShared ? atPath(pathname) : own
    return (
      live !== undefined && (live.definition.id === id || forwardTarget(live.definition) !== null)
    )
  }

  async function update(id: ReceiverId, change: ReceiverChange): Promise<Receiver> {
    const before = find(id)
    const isFixed = id === ECHO ? { name: 'Echo', path: ECHO_PATH } : {}
    const next: StoredReceiver = { ...before.definition, ...given(change), ...isFixed }
    const url = forwardUrl(next.forwardTo)
    const problems = receiverProblems(next, url, others(id), shared.port() ?? wishedPort)
    if (comesBack(id, url))
      problems.push({ field: 'forwardTo', severity: 'error', message: CIRCLE })
    const [first] = problems
    if (first) throw new AppError('invalid', first.message, problems)
    const secret =
      next.forwardTo.kind !== 'kept' && isSecretUrl(url)
        ? await secrets.prepare('endpoint', url)
        : null
    const plain: SecretText =
      next.forwardTo.kind === 'kept' ? next.forwardTo : { kind: 'plain', text: url }
    const definition = { ...next, name: next.name.trim(), forwardTo: secret?.kept ?? plain }
    secret?.commit()
    store.put(definition, runtime.nowMs())
    secrets.referencesChanged()
    const isMoved = before.definition.port !== definition.port
    if (isMoved) await before.keeper?.shut()
    if (isMoved || before.definition.isStarted !== definition.isStarted)
      await openOwn(bring(definition))
    else bring(definition)
    return changed(id)
  }

  return {
    start: async () => {
      if (isClosed) return
      await shared.open(wishedPort)
      await Promise.all([...all.values()].map(openOwn))
    },
    restart: async (port) => {
      if (isClosed) return
      wishedPort = port
      await shared.open(port)
      hub.publish({ kind: 'captures.changed' })
    },
    port: shared.port,
    problem: shared.problem,
    echoUrl: () => base() + ECHO_PATH,
    list: () => [...all.values()].map(shown),
    create: (name) => {
      const definition: StoredReceiver = {
        id: runtime.newId('rcv') as ReceiverId,
        name: name.trim(),
        path: freePath(name, others(ECHO)),
        port: null,
        isStarted: true,
        script: OK_SCRIPT,
        forwardTo: NOWHERE,
      }
      const problems = receiverProblems(definition, '', [], 0)
      const [first] = problems
      if (first) throw new AppError('invalid', first.message, problems)
      store.put(definition, runtime.nowMs())
      bring(definition)
      return changed(definition.id)
    },
    update,
    delete: async (id) => {
      const { keeper } = find(id)
      if (id === ECHO) throw new AppError('invalid', 'Echo is built in. It can be stopped.')
      store.markDeleted(id, runtime.nowMs())
      all.delete(id)
      await keeper?.shut()
      hub.publish({ kind: 'captures.changed' })
    },
    restore: async (id) => {
      store.markDeleted(id, null)
      const definition = store.get(id)
      if (!definition || all.has(id)) return
      const path = others(id).some((other) => other.path === definition.path)
        ? freePath(definition.name, others(id))
        : definition.path
      store.put({ ...definition, path }, runtime.nowMs())
      await openOwn(bring({ ...definition, path }))
      hub.publish({ kind: 'captures.changed' })
    },
    setScript: (id, script) => {
      const { definition } = find(id)
      const problems = scriptProblems(script)
      const [first] = problems
      if (first) throw new AppError('invalid', first.message, problems)
      store.put({ ...definition, script }, runtime.nowMs())
      all.set(id, {
        ...find(id),
        definition: { ...definition, script },
        player: createScriptPlayer(script),
      })
      return changed(id)
    },
    restartScript: (id) => {
      find(id).player.restart()
      return changed(id)
    },
    showRetryUrl: () => {
      const path = `${ECHO_PATH}/fails-twice/${runtime.newId('try')}`
      shownRetries.set(path, createScriptPlayer(FAILS_TWICE))
      for (const oldest of shownRetries.keys()) {
        if (shownRetries.size > MAX_SHOWN_RETRIES) shownRetries.delete(oldest)
      }
      return base() + path
    },
    close: async () => {
      isClosed = true
      await Promise.all([shared.shut(), ...[...all.values()].map(({ keeper }) => keeper?.shut())])
      await recorder.settled()
    },
  }
}

const CIRCLE =
  'That leads back to a receiver that passes it on again: it would go round in circles.'

/** What is undefined stays. */
function given(change: ReceiverChange): Partial<StoredReceiver> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
