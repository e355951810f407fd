/**
 * What has to be masked in a recorded exchange: what the vault knows, and where it cannot open a
 * secret any more, what was sent in its place, read out of the recorded head.
 */
import type { WebhookDraft } from '#contract'
import { hiddenTextsOf, type Vault } from '../authoring/vault.ts'
import { readHead, targetOf } from '../encode/index.ts'
import type { CaptureRow, Store } from '../store/index.ts'

type RecordedExchange = ReturnType<Store['history']['exchange']>

/** The vault's own list where it can open everything that was sent. */
export function secretsOfExchange(
  { store, vault }: { readonly store: Store; readonly vault: Vault },
  { webhookVersion, origin, requestHead }: RecordedExchange,
): readonly string[] {
  const { endpoint, headers } = store.webhooks.version(webhookVersion).draft
  const isShut = (value: WebhookDraft['endpoint']) =>
    value.kind === 'kept' && vault.value(value.secretId) === null
  const names = new Set(
    headers.flatMap(({ name, value }) => (isShut(value) ? [name.trim().toLowerCase()] : [])),
  )
  if (names.size === 0 && !isShut(endpoint)) return vault.maskables()
  const head = readHead(requestHead)
  const [, target = ''] = head.startLine.split(' ')
  return [
    ...vault.maskables(),
    ...(isShut(endpoint) ? hiddenTextsOf('endpoint', origin + target) : []),
    ...head.headers.flatMap(([name, value]) =>
      names.has(name.toLowerCase()) ? hiddenTextsOf('header', value) : [],
    ),
  ]
}

/** Also what its URL holds: of a request that came from elsewhere, that was never in the vault. */
export function secretsOfCapture(
  vault: Pick<Vault, 'maskables'>,
  { imported, head }: Pick<CaptureRow, 'imported' | 'head'>,
): readonly string[] {
  const known = vault.maskables()
  const own = hiddenTextsOf('endpoint', urlOf(imported?.origin || THIS_MACHINE, head))
  return own.length > 0 ? [...known, ...own] : known
}

/** Where a receiver listens, and what stands for a host that is not known. */
const THIS_MACHINE = 'http://127.0.0.1'

/** Where a recorded request was for; empty where that is not known. */
export function urlOf(origin: string, head: Uint8Array): string {
  return origin === '' ? '' : origin + targetOf(head)
}
