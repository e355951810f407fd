/** What keeps a payload from being fired: only that it is no JSON object. */
import { readJson } from '../inspector/json-document.ts'

/** Why the payload cannot be fired, in words; null when it can. */
export function faultOf(text: string): string | null {
  const document = readJson(text)
  if (!document.ok) {
    const { line, column, message } = document.fault
    return `The payload is not JSON. Line ${line}, column ${column}: ${message}.`
  }
  return document.root.kind === 'object' ? null : 'The payload has to be a JSON object.'
}
