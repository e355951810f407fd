/** What texts and files of an import are taken for, where that is a request or several. */
import type {
  ImportedItem,
  ImportedRequest,
  Recognised,
} from '../../src-main/interchange/imported.ts'
import { recognise } from '../../src-main/interchange/recognise.ts'

export function found(text: string | Uint8Array): Recognised {
  const result = recognise(typeof text === 'string' ? Buffer.from(text) : text)
  if ('sealed' in result) throw new Error('it is sealed')
  return result
}

export function requests(text: string | Uint8Array): ImportedRequest[] {
  return found(text).items.map((item: ImportedItem) => {
    if (item.kind !== 'request') throw new Error(JSON.stringify(item))
    return item
  })
}

export function wire({ head, body }: Pick<ImportedRequest, 'head' | 'body'>): string {
  return Buffer.concat([head, body]).toString('latin1')
}
