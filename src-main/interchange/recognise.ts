/** What a pasted text or a dropped file is, and what is in it. */

import { fromCurl } from './from-curl.ts'
import { fromHar, isHar } from './from-har.ts'
import { fromJson } from './from-json.ts'
import { fromRaw, isRaw } from './from-raw.ts'
import { fromHookstage, isHookstage } from './hookstage-file.ts'
import {
  type ImportedItem,
  importFault,
  MAX_IMPORTED_HEAD_BYTES,
  type Recognised,
} from './imported.ts'
import type { SealedContent } from './sealed-content.ts'

/** What was found, or what has to be opened with a passphrase first. */
export type Recognition = Recognised | { readonly sealed: SealedContent }

/** @throws AppError `invalid` when it is nothing that can be imported, in words that say where */
export function recognise(bytes: Uint8Array): Recognition {
  const found = recognised(bytes)
  return 'items' in found ? { ...found, items: found.items.map(withinBounds) } : found
}

function withinBounds(item: ImportedItem, index: number): ImportedItem {
  if (item.kind !== 'request' || item.head.length <= MAX_IMPORTED_HEAD_BYTES) return item
  const why = 'Its URL and headers are larger than 1 MB.'
  return { kind: 'refused', what: `request ${index + 1}`, why }
}

function recognised(bytes: Uint8Array): Recognition {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  if (latin1.trim() === '') throw importFault('There is nothing in it.')
  const text = utf8(bytes)
  if (text !== null && /^\ufeff?\s*[[{]/.test(text)) return ofJson(text)
  if (isRaw(latin1)) return fromRaw(latin1)
  if (/^\s*HTTP\/\d/.test(latin1)) {
    throw importFault('This is an answer. Only requests can be imported.')
  }
  if (text !== null && /(^|[\s/\\])curl(\.exe)?\s/i.test(text)) return fromCurl(text)
  throw importFault(UNKNOWN)
}

const UNKNOWN =
  'This is no cURL command, HAR file, raw HTTP request, JSON event or Hookstage file, as far as can be seen.'

function ofJson(text: string): Recognition {
  const value = parsed(text)
  if (isHookstage(value)) return fromHookstage(value)
  return isHar(value) ? fromHar(value) : fromJson(text)
}

/** Undefined when it is not one JSON text: it may be one a line, or `fromJson` says where it breaks. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
