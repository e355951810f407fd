/**
 * The receivers: local endpoints that record what they are sent, answer as they are told to, or pass
 * it on. They share a port, without token or secrets, and may have one of their own besides. When the
 * shared port is taken they find another and say so; when none can be had, the app goes on without.
 */
import {
  type AnswerScript,
  type FieldProblem,
  type KeptSecret,
  type Receiver,
  type ReceiverChange,
  type ReceiverId,
  type ReceiverKind,
  type RehearsalSettings,
  rehearsalFailure,
  type SecretId,
  type SecretText,
} from '#contract'
import { newRehearsalPath, recogniseEndpoint } from '../destinations/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import type { Runtime } from '../runtime.ts'
import type { CaptureStore } from '../store/captures.ts'
import type { ReceiverStore, StoredReceiver } from '../store/receivers.ts'
import { ECHO, ECHO_PATH, fixedParts, isBuiltIn, missingBuiltIn, newReceiver } from './built-in.ts'
import type { PassOn } from './forward.ts'
import { createPortKeeper } from './port-keeper.ts'
import { freePath, isSecretUrl, receiverProblems } from './receiver-check.ts'
import { createReceptionDesk } from './reception.ts'
import { createRecorder } from './recorder.ts'
import { createRehearsals } from './rehearsals.ts'
import { createRoster, type Live } from './roster.ts'
import { scriptProblems } from './script-check.ts'
import { createShownRetries } from './shown-retries.ts'
import { createTargets } from './targets.ts'

export interface Receivers {
  /** Resolves once they listen, or cannot; never rejects. */
  start(): Promise<void>
  /** What stands against a shared port; field `receiversPort`. */
  portProblems(port: number): FieldProblem[]
  /** Moves the shared port (0: any); what was received stays. */
  restart(port: number): Promise<void>
  /** Null while the shared port is not listened on. */
  port(): number | null
  /** Why they do not listen where they were told to, in words. */
  problem(): string | null
  /** `http://127.0.0.1:4781/in/echo` */
  echoUrl(): string
  list(): Receiver[]
  /** @throws AppError `not_found` */
  get(id: ReceiverId): Receiver
  /** @throws AppError `invalid` with the problems */
  create(name: string, kind?: ReceiverKind): Promise<Receiver>
  /** @throws AppError `invalid` with the problems, `not_found` */
  update(id: ReceiverId, change: ReceiverChange): Promise<Receiver>
  /** Can be undone with `restore` for a day. @throws AppError `invalid` for one that is built in */
  delete(id: ReceiverId): Promise<void>
  restore(id: ReceiverId): Promise<void>
  /** From its first step on. @throws AppError `invalid` with the problems, `not_found` */
  setScript(id: ReceiverId, script: AnswerScript): Receiver
  /** @throws AppError `not_found` */
  restartScript(id: ReceiverId): Receiver
  /** How a rehearsal answers. @throws AppError `invalid` when that is nothing for it, `not_found` */
  setRehearsal(id: ReceiverId, settings: RehearsalSettings): Receiver
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
  /** Null when it is unknown. */
  kept(id: SecretId): KeptSecret | null
  referencesChanged(): void
}

export interface ReceiversDeps {
  /** 0: any free one. */
  readonly port: number
  readonly store: ReceiverStore
  readonly captures: Pick<CaptureStore, 'record' | 'answered' | 'forwarded' | 'count'>
  readonly secrets: Secrets
  readonly passOn: PassOn
  /** Hears to where requests are to be passed on, when the user has said so. */
  readonly onForward?: (origin: string) => void
  /** Hears why what they get cannot be recorded, and of null once it is. */
  readonly onUnrecorded?: (error: unknown) => void
  readonly runtime: Runtime
  readonly hub: EventHub
  readonly onError: (error: unknown) => void
}

export function createReceivers(deps: ReceiversDeps): Receivers {
  const { store, secrets, runtime, hub, onError } = deps
  const recorder = createRecorder(deps)
  const shownRetries = createShownRetries(runtime)
  const rest = { notFound: () => desk.notFound(), onError }
  const roster = createRoster((...request) => desk.receive(...request), rest)
  let wishedPort = deps.port
  let isClosed = false

  const shared = createPortKeeper(
    { receive: (path, message) => desk.receive(roster.atPath(path), path, message), ...rest },
    {
      words: (why, port) =>
        `${why} The receivers listen on port ${port} until the next start; endpoints that name ${wishedPort} do not reach them. Choose another port in Settings.`,
      off: 'No other port could be had either, so the built-in receivers are off. Choose another port in Settings.',
    },
  )
  const portNow = () => shared.port() ?? wishedPort
  const targets = createTargets({ roster, secretValue: secrets.value, sharedPort: portNow })

  const has = (id: ReceiverId) => store.get(id) !== null
  for (const { receiver, place } of missingBuiltIn(has, runtime.randomInt)) {
    store.put(receiver, place)
  }
  for (const definition of store.list()) roster.bring(definition)

  const desk = createReceptionDesk({
    strays: ECHO,
    roster,
    recorder,
    targets,
    shownRetries,
    rehearsals: createRehearsals(runtime),
    onUsed: (id, rehearsal) => use({ ...roster.find(id).definition, rehearsal }),
    passOn: deps.passOn,
    hub,
  })

  const base = () => `http://127.0.0.1:${portNow()}`

  /** What others see of a receiver's address. */
  function addressOf({ kind, path, urlSecretId }: StoredReceiver) {
    const url = base() + path
    if (kind === 'plain') return { path, url, secretUrl: null }
    const { masked } = recogniseEndpoint(url)
    const secretUrl = urlSecretId === null ? null : secrets.kept(urlSecretId)
    return { path: masked.slice(base().length), url: masked, secretUrl }
  }

  function shown({ definition, player, keeper }: Live): Receiver {
    const { id, kind, name, port, isStarted, forwardTo, rehearsal } = definition
    return {
      id,
      kind,
      name,
      port,
      isStarted,
      forwardTo,
      rehearsal,
      ...addressOf(definition),
      isBuiltIn: isBuiltIn(id),
      ownUrl: port === null ? null : `http://127.0.0.1:${port}/`,
      listening: isStarted && shared.port() !== null,
      problem: [shared.problem(), keeper?.problem()].filter(Boolean).join(' ') || null,
      script: player.script,
      position: player.position(),
      received: deps.captures.count(id),
    }
  }

  function keep(definition: StoredReceiver): Live {
    store.put(definition, runtime.nowMs())
    return roster.bring(definition)
  }

  /** While it cannot be written a request is answered by it all the same. */
  function use(definition: StoredReceiver) {
    try {
      keep(definition)
    } catch (error) {
      onError(error)
      roster.bring(definition)
    }
  }

  /** Keeps the URLs of rehearsals as secrets, as they are at the present port. */
  async function sealUrls(): Promise<void> {
    for (const { definition } of roster.all()) {
      if (definition.kind === 'plain') continue
      try {
        const { kept, commit } = await secrets.prepare('endpoint', base() + definition.path)
        if (kept.secretId === definition.urlSecretId) continue
        commit()
        const now = roster.get(definition.id)
        if (now) keep({ ...now.definition, urlSecretId: kept.secretId })
      } catch (error) {
        onError(error)
      }
    }
    secrets.referencesChanged()
  }

  function changed(id: ReceiverId): Receiver {
    hub.publish({ kind: 'captures.changed' })
    hub.publish({ kind: 'status.changed' })
    return shown(roster.find(id))
  }

  const openOwn = async ({ definition: { port, isStarted }, keeper }: Live): Promise<void> => {
    if (isClosed || port === null || !keeper) return
    await (isStarted ? keeper.open(port) : keeper.shut())
  }

  async function update(id: ReceiverId, change: ReceiverChange): Promise<Receiver> {
    const before = roster.find(id)
    const fixed = fixedParts(before.definition)
    const next: StoredReceiver = { ...before.definition, ...given(change), ...fixed }
    const url = targets.url(next.forwardTo)
    const problems = receiverProblems(next, url, roster.others(id), portNow())
    if (targets.comesBack(next))
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
      await openOwn(roster.bring(definition))
    else roster.bring(definition)
    const target = change.forwardTo && targets.of(definition)
    if (target) deps.onForward?.(target.origin)
    return changed(id)
  }

  return {
    start: async () => {
      if (isClosed) return
      await shared.open(wishedPort)
      await Promise.all([sealUrls(), ...roster.all().map(openOwn)])
    },
    portProblems: (port) => {
      // Where they listen already is only to be kept.
      const circle = port === shared.port() ? null : targets.circleAt(port)
      if (!circle) return []
      const message = `${circle.name} passes requests on to this port: they would go round in circles.`
      return [{ field: 'receiversPort', severity: 'error', message }]
    },
    restart: async (port) => {
      if (isClosed) return
      wishedPort = port
      await shared.open(port)
      await sealUrls()
      hub.publish({ kind: 'captures.changed' })
    },
    port: shared.port,
    problem: shared.problem,
    echoUrl: () => base() + ECHO_PATH,
    list: () => roster.all().map(shown),
    get: (id) => shown(roster.find(id)),
    create: async (name, kind = 'plain') => {
      const definition = newReceiver({
        id: runtime.newId('rcv') as ReceiverId,
        kind,
        name: name.trim(),
        path:
          kind === 'plain'
            ? freePath(name, roster.others(ECHO))
            : newRehearsalPath(kind, runtime.randomInt),
      })
      const problems = receiverProblems(definition, '', [], 0)
      const [first] = problems
      if (first) throw new AppError('invalid', first.message, problems)
      keep(definition)
      if (kind !== 'plain') await sealUrls()
      return changed(definition.id)
    },
    update,
    delete: async (id) => {
      const { keeper, definition } = roster.find(id)
      if (isBuiltIn(id)) {
        throw new AppError('invalid', `${definition.name} is built in. It can be stopped.`)
      }
      store.markDeleted(id, runtime.nowMs())
      roster.drop(id)
      await keeper?.shut()
      hub.publish({ kind: 'captures.changed' })
    },
    restore: async (id) => {
      store.markDeleted(id, null)
      const definition = store.get(id)
      if (!definition || roster.get(id)) return
      const path = roster.others(id).some((other) => other.path === definition.path)
        ? freePath(definition.name, roster.others(id))
        : definition.path
      await openOwn(keep({ ...definition, path }))
      await sealUrls()
      hub.publish({ kind: 'captures.changed' })
    },
    setScript: (id, script) => {
      const { definition } = roster.find(id)
      if (definition.kind !== 'plain') {
        throw new AppError(
          'invalid',
          'A rehearsal answers as the real one does, or as it is told to.',
        )
      }
      const problems = scriptProblems(script)
      const [first] = problems
      if (first) throw new AppError('invalid', first.message, problems)
      keep({ ...definition, script }).player.restart()
      return changed(id)
    },
    restartScript: (id) => {
      roster.find(id).player.restart()
      return changed(id)
    },
    setRehearsal: (id, rehearsal) => {
      const { definition } = roster.find(id)
      const { kind } = definition
      const code = rehearsal.told?.code
      if (kind === 'plain' || (code !== undefined && !rehearsalFailure(kind, code))) {
        throw new AppError('invalid', `${definition.name} does not fail in this way.`)
      }
      keep({ ...definition, rehearsal })
      return changed(id)
    },
    showRetryUrl: () => base() + shownRetries.add(ECHO_PATH),
    close: async () => {
      isClosed = true
      await Promise.all([shared.shut(), ...roster.all().map(({ keeper }) => keeper?.shut())])
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
