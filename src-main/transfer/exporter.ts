/**
 * Exports: requests, webhooks and samples as a file, written in pieces, so that neither side ever
 * holds more of it than it must. Secrets are masked unless they were asked for.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type ExportFormat,
  type ExportPiece,
  type ExportRequest,
  MAX_EXPORT_BYTES,
  MAX_EXPORTED,
} from '#contract'
import { AppError } from '../errors.ts'
import { redacted } from '../interchange/redacted.ts'
import type { Runtime } from '../runtime.ts'
import { type ExportDeps, type Exported, exportedOf, TOO_MANY } from './exported.ts'
import { withoutSecrets, withSecrets } from './file-webhooks.ts'
import { createWriter, type FileWriter } from './writers.ts'

export interface Exporter {
  /** Ends with what is in the file. @throws AppError `invalid` when there is nothing to write */
  write(request: ExportRequest, signal?: AbortSignal): AsyncGenerator<ExportPiece>
}

const PIECE_CHARACTERS = 1024 * 1024
/** All of a sealed file is in memory at once. */
const MAX_SEALED_BYTES = 32 * 1024 * 1024
const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  har: 'application/json',
  curl: 'text/x-shellscript',
  hookstage: 'application/json',
}
const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  har: '.har',
  curl: '.sh',
  hookstage: '.hookstage.json',
}

export function createExporter(
  deps: ExportDeps & {
    readonly runtime: Runtime
    readonly version: string
  },
): Exporter {
  const { store, vault, runtime, version } = deps

  /** Webhooks and samples, into a Hookstage file. */
  function writeWorkspace(request: ExportRequest, writer: FileWriter) {
    const isFile = request.format === 'hookstage'
    const webhooks = isFile && request.webhooks ? store.webhooks.list() : []
    const samples = isFile && request.samples ? store.samples.list() : []
    for (const { draft } of webhooks) {
      writer.add(
        'webhooks',
        request.withSecrets ? withSecrets(vault, draft) : withoutSecrets(draft),
      )
    }
    for (const { event, name, payloadText } of samples) {
      writer.add('samples', { event, name, payloadText })
    }
    return { webhooks: webhooks.length, samples: samples.length }
  }

  async function* write(request: ExportRequest, signal?: AbortSignal): AsyncGenerator<ExportPiece> {
    const { format, source } = request
    const passphrase = format === 'hookstage' && request.withSecrets ? request.passphrase : null
    if (format === 'hookstage' && request.withSecrets && (passphrase ?? '') === '') {
      throw new AppError('invalid', 'Enter a passphrase: a file with secrets is sealed with it.')
    }
    const nowMs = runtime.nowMs()
    const writer = createWriter(format, { version, nowMs, passphrase })
    const limitBytes = passphrase === null ? MAX_EXPORT_BYTES : MAX_SEALED_BYTES
    const counts = writeWorkspace(request, writer)
    const leftOut = new Map<string, number>()
    const leave = (why: string) => leftOut.set(why, (leftOut.get(why) ?? 0) + 1)
    let requests = 0
    let masked = 0
    for await (const each of exportedOf(deps, source, signal)) {
      signal?.throwIfAborted()
      if (typeof each === 'string') leave(each)
      else if (requests >= MAX_EXPORTED || writer.bytes() > limitBytes) {
        leave(requests >= MAX_EXPORTED ? TOO_MANY : TOO_LARGE)
        // Those of a filter may be a million.
        if (source.kind.startsWith('matching')) break
      } else {
        const safe = request.withSecrets ? each : hidden(each)
        if (safe !== each) masked++
        writer.addRequest(safe)
        requests++
      }
      if (passphrase === null && writer.waiting() >= PIECE_CHARACTERS) {
        yield { kind: 'text', text: writer.take() }
      }
      if (requests % 20 === 0) await nextTurn()
    }
    if (requests + counts.webhooks + counts.samples === 0) {
      const [why] = leftOut.keys()
      throw new AppError(
        'invalid',
        why ? `There is nothing to export: what was chosen ${why}.` : EMPTY,
      )
    }
    yield* inPieces(await writer.end())
    yield {
      kind: 'end',
      fileName: `hookstage-${stamp(nowMs)}${ENDINGS[format]}`,
      mediaType: MEDIA_TYPES[format],
      requests,
      ...counts,
      masked,
      leftOut: [...leftOut].map(([why, count]) => ({ why, count })),
    }
  }

  return { write }
}

const EMPTY = 'There is nothing to export.'
const TOO_LARGE = 'is beyond the size that one file takes'

/** The same one when there is nothing to hide in it. */
function hidden(exported: Exported): Exported {
  const { url, secrets, answer } = exported
  const request = redacted(exported, url, secrets)
  const reply = answer && redacted(answer, null, secrets, request.texts)
  if (!request.isMasked && !reply?.isMasked) return exported
  return {
    ...exported,
    head: request.head,
    body: request.body,
    answer: answer && reply && { ...answer, head: reply.head, body: reply.body },
  }
}

function* inPieces(text: string): Generator<ExportPiece> {
  for (let at = 0; at < text.length; at += PIECE_CHARACTERS) {
    yield { kind: 'text', text: text.slice(at, at + PIECE_CHARACTERS) }
  }
}

/** `2026-11-26-1104` */
function stamp(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 16).replace('T', '-').replace(':', '')
}
