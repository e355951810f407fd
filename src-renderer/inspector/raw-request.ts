/** A recorded request as raw HTTP text, to be checked or pasted elsewhere: only if it can be exact. */
import { MASK_CHARACTER, type MessageView } from '#contract'
import { formatBytes } from '../ui/bytes.ts'
import { bytesOfBase64 } from './wire-text.ts'

export type RawRequest =
  | { readonly text: string; readonly note: string | null }
  /** Why it cannot be had as text, in words. */
  | { readonly problem: string }

/** Whether all of it was read that was recorded. */
export function isShownWhole({ body, bodyBytes }: MessageView): boolean {
  return body.shownBytes >= bodyBytes
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @param message shown whole: see `isShownWhole` */
export function rawRequestOf(message: MessageView): RawRequest {
  const { startLine, headers, body, bodyBytes, truncated, hasSecrets } = message
  if (truncated) {
    return {
      problem: `Only the first ${formatBytes(bodyBytes)} of its body were recorded. Take the request from its sender.`,
    }
  }
  if (!isShownWhole(message)) {
    return { problem: `Only the first ${formatBytes(body.shownBytes)} of its body were read.` }
  }
  const text = decoded(bytesOfBase64(body.base64))
  if (text === null)
    return { problem: 'Its body is not UTF-8 text, which is all that can be checked here.' }
  const head = [startLine, ...headers.map(({ name, value }) => `${name}: ${value}`)]
  const isMasked = hasSecrets && text.includes(MASK_CHARACTER)
  return {
    text: `${head.join('\r\n')}\r\n\r\n${text}`,
    note: isMasked ? 'A secret in the body is masked here, so no signature can match.' : null,
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes)
  } catch {
    return null
  }
}
