/** What there is to replay, as it may be shown and edited: secrets masked, bytes as text where they are. */
import type { ReplayOriginal, ReplayReveal } from '#contract'
import { recogniseEndpoint } from '../destinations/index.ts'
import {
  inspectMessage,
  maskInText,
  maskSecrets,
  readHead,
  resendable,
  targetOf,
} from '../encode/index.ts'

const MAX_HEX_BYTES = 256 * 1024

/** @param reveal what is shown though it holds a secret */
export function shownOriginal(
  origin: {
    readonly url: string
    readonly head: Uint8Array
    readonly body: Uint8Array
    readonly secrets: readonly string[]
  },
  reveal: ReplayReveal,
): Omit<ReplayOriginal, 'webhookId' | 'scheme' | 'isImported'> {
  const { body, secrets } = origin
  const { startLine, headers } = readHead(origin.head)
  const sent = resendable(headers)
  const view = inspectMessage({
    head: headOf(origin.url, sent.headers),
    body: NOTHING,
    bodyBytes: 0,
    limitBytes: null,
    secrets,
  })
  const isHidden = !reveal.includes('body') && maskSecrets(body, secrets) !== body
  const isLong = body.length > MAX_HEX_BYTES
  return {
    method: startLine.split(' ')[0] ?? '',
    path: shownPath(origin, reveal.includes('path')),
    url: recogniseEndpoint(view.startLine).masked,
    headers: view.headers,
    leftOut: [...sent.leftOut],
    body: {
      bytes: body.length,
      text: isHidden ? null : utf8(body),
      hex: isHidden || isLong ? null : Buffer.from(body).toString('hex'),
      isHidden,
    },
  }
}

/** Rehearsals are told from other receivers by their paths alone, and so is what says no origin. */
const THIS_MACHINE = 'http://127.0.0.1'

function shownPath(
  { url, head, secrets }: Parameters<typeof shownOriginal>[0],
  isRevealed: boolean,
): ReplayOriginal['path'] {
  const path = targetOf(head)
  const origin = url === '' ? THIS_MACHINE : url.slice(0, url.length - path.length)
  const { masked } = recogniseEndpoint(origin + maskInText(path, secrets))
  const shown = masked.slice(origin.length)
  return isRevealed || shown === path
    ? { text: path, isHidden: false }
    : { text: shown, isHidden: true }
}

const NOTHING = new Uint8Array()

function headOf(startLine: string, headers: readonly (readonly [string, string])[]): Uint8Array {
  const lines = [startLine, ...headers.map(([name, value]) => `${name}: ${value}`), '', '']
  return Buffer.from(lines.join('\r\n'), 'latin1')
}

/** Null when the bytes are not what this text would be sent as. */
function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
