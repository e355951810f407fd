/** How the fields of a payload form reach its text: by their path, at the time of the edit. */
import { createContext, use } from 'react'
import type { JsonNode } from '../inspector/json-document.ts'

export type PayloadPath = readonly (string | number)[]

/** Changes the text around the node at a path; nothing happens when it has gone meanwhile. */
export type EditPayload = (
  path: PayloadPath,
  change: (text: string, node: JsonNode) => string,
) => void

export const PayloadEditContext = createContext<EditPayload>(() => {})

export function usePayloadEdit(): EditPayload {
  return use(PayloadEditContext)
}
