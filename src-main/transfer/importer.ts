/**
 * Imports: what a text or a file holds, shown before anything is kept, and then what was chosen of
 * it. Nothing is remembered between the two: the text is read again.
 */
import {
  type CaptureId,
  type EventName,
  type Imported,
  type ImportItem,
  type ImportPreview,
  type ImportQuestion,
  type ImportRequest,
  shownText,
} from '#contract'
import type { Vault } from '../authoring/vault.ts'
import type { Webhooks } from '../authoring/webhooks.ts'
import { recogniseEndpoint } from '../destinations/index.ts'
import { headerValue, maskInText, readHead, tryPrettyJson } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { EventHub } from '../event-hub.ts'
import { urlOf } from '../inspect/sent-secrets.ts'
import { fromContent } from '../interchange/hookstage-file.ts'
import type {
  ImportedEvent,
  ImportedItem,
  ImportedRequest,
  Recognised,
} from '../interchange/imported.ts'
import { openText } from '../interchange/sealed-content.ts'
import { mapped } from '../make-event/index.ts'
import type { Runtime } from '../runtime.ts'
import type { Samples } from '../simulate/samples.ts'
import type { Store } from '../store/index.ts'
import { recogniseApart } from './recognise-apart.ts'

export interface Importer {
  /** @throws AppError `invalid` when there is nothing in it that can be imported, in words */
  recognise(question: ImportQuestion): Promise<ImportPreview>
  /** Keeps what was chosen. @throws AppError as `recognise`; `invalid` when an event is not named */
  save(request: ImportRequest): Promise<Imported>
}

export function createImporter(deps: {
  store: Pick<Store, 'captures'>
  vault: Pick<Vault, 'maskables'>
  webhooks: Pick<Webhooks, 'addImported'>
  samples: Pick<Samples, 'list' | 'save'>
  runtime: Runtime
  hub: EventHub
}): Importer {
  const { store, vault, webhooks, samples, runtime, hub } = deps

  function saveRequests(all: readonly ImportedRequest[], from: ImportPreview['from']): CaptureId[] {
    const importedAtMs = runtime.nowMs()
    const requests = all.map((request) => ({
      ...request,
      id: runtime.newId('cap') as CaptureId,
      importedAtMs,
      imported: { from, origin: request.origin, sentAtMs: request.sentAtMs },
    }))
    // The first of the text comes to stand first in the list, which is newest first.
    store.captures.import(requests.toReversed())
    if (requests.length > 0) hub.publish({ kind: 'captures.changed' })
    return requests.map(({ id }) => id)
  }

  function saveEvent(each: ImportedEvent, mapping: ImportRequest['mapping']) {
    const event = each.event ?? mapping?.event
    if (event === undefined) throw new AppError('invalid', 'Choose which event it is.')
    const text =
      each.event === null && mapping ? mapped({ ...each, isObject: true }, mapping) : each.text
    return samples.save({
      sampleId: null,
      event,
      name: freeName(event, 'Imported'),
      payloadText: tryPrettyJson(text) ?? text,
    }).id
  }

  /** `Imported`, `Imported 2` … */
  function freeName(event: EventName, name: string): string {
    const taken = new Set(
      samples.list().flatMap((sample) => (sample.event === event ? [sample.name] : [])),
    )
    if (!taken.has(name)) return name
    let number = 2
    while (taken.has(`${name} ${number}`)) number++
    return `${name} ${number}`
  }

  return {
    recognise: async (question) => {
      const found = await read(question)
      if (found === null) return { from: 'hookstage', items: [], notes: [], needsPassphrase: true }
      const secrets = vault.maskables()
      const items = found.items.map((item, index) => shown(item, index, secrets))
      return { from: found.from, items, notes: [...found.notes], needsPassphrase: false }
    },
    save: async ({ chosen, mapping, ...question }) => {
      const found = await read(question)
      if (found === null) throw new AppError('invalid', 'Enter the passphrase of the file.')
      const wanted = new Set(chosen)
      const items = found.items.filter((_, index) => wanted.has(index))
      if (items.some((item) => item.kind === 'event' && item.event === null) && !mapping) {
        throw new AppError('invalid', 'Choose which event it is.')
      }
      const webhookIds = []
      for (const item of items) {
        if (item.kind === 'webhook') webhookIds.push(await webhooks.addImported(item.draft))
      }
      const sampleIds = items.flatMap((item) => {
        if (item.kind === 'event') return [saveEvent(item, mapping)]
        if (item.kind !== 'sample') return []
        const { event, payloadText } = item
        const name = freeName(event, item.name)
        return [samples.save({ sampleId: null, event, name, payloadText }).id]
      })
      const requests = items.filter((item) => item.kind === 'request')
      return { captureIds: saveRequests(requests, found.from), sampleIds, webhookIds }
    },
  }
}

/** Null when it is sealed and the passphrase is missing; a wrong one is refused. */
async function read({ source, passphrase }: ImportQuestion): Promise<Recognised | null> {
  const bytes =
    source.kind === 'text' ? Buffer.from(source.text, 'utf8') : Buffer.from(source.base64, 'base64')
  const found = await recogniseApart(bytes)
  if (!('sealed' in found)) return found
  if (passphrase === null || passphrase === '') return null
  const opened = await openText(found.sealed, passphrase)
  if (opened === null) {
    throw new AppError('invalid', 'This passphrase does not open the file, or it was changed.', [
      {
        field: 'passphrase',
        severity: 'error',
        message: 'This passphrase does not open the file.',
      },
    ])
  }
  return fromContent(JSON.parse(opened), false)
}

const NOTHING = {
  method: '',
  event: null,
  contentType: null,
  headers: 0,
  bodyBytes: 0,
  status: null,
  sentAtMs: null,
  isSuggested: true,
}

function shown(item: ImportedItem, index: number, secrets: readonly string[]): ImportItem {
  const mask = (text: string) => maskInText(text, secrets)
  switch (item.kind) {
    case 'request': {
      const head = readHead(item.head)
      const [method = '', target = ''] = head.startLine.split(' ')
      const url = urlOf(item.origin, item.head) || target
      return {
        index,
        kind: 'request',
        method,
        title: mask(recogniseEndpoint(url).masked),
        event: null,
        contentType: headerValue(head, 'content-type'),
        headers: head.headers.length,
        bodyBytes: item.body.length,
        status: item.answer?.status ?? null,
        sentAtMs: item.sentAtMs,
        lost: [...item.lost],
        isSuggested: item.isSuggested,
      }
    }
    case 'event':
    case 'sample': {
      const text = item.kind === 'event' ? item.text : item.payloadText
      const title =
        item.kind === 'sample' ? item.name : mask(text.replace(/\s+/g, ' ').slice(0, 120))
      const bodyBytes = Buffer.byteLength(text)
      return {
        ...NOTHING,
        index,
        kind: item.kind,
        title,
        event: item.event,
        bodyBytes,
        lost: [...item.lost],
      }
    }
    case 'webhook': {
      const { name, endpoint, event } = item.draft
      const url = mask(recogniseEndpoint(shownText(endpoint)).masked)
      return {
        ...NOTHING,
        index,
        kind: 'webhook',
        title: name.trim() || url,
        event,
        lost: [...item.lost],
      }
    }
    case 'refused':
      return {
        ...NOTHING,
        index,
        kind: 'refused',
        title: item.what,
        lost: [item.why],
        isSuggested: false,
      }
  }
}
