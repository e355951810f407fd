/**
 * Keeps secrets: seals them for the store, holds the opened values in memory for the dispatcher and
 * for masking, and reveals one when asked. A secret whose key is gone stays, marked unreadable.
 */
import { HIDDEN_TEXT, type KeptSecret, type SecretId } from '#contract'
import { recogniseEndpoint } from '../destinations/index.ts'
import { maskText } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import type { SecretSealer } from '../store/secret-sealer.ts'
import type { SealedSecret, SecretKind, SecretStore } from '../store/secrets.ts'

/** A sealed secret that is not stored yet: `commit` belongs into the transaction that refers to it. */
export interface PreparedSecret {
  readonly kept: KeptSecret
  commit(): void
}

export interface Vault {
  /** Seals a text; a text that is kept already is not kept twice. */
  prepare(kind: SecretKind, text: string): Promise<PreparedSecret>
  /** What may be shown of a secret; null when there is none of this id. */
  kept(id: SecretId): KeptSecret | null
  /** Null when it is unknown or cannot be opened. */
  value(id: SecretId): string | null
  /** @throws AppError `not_found` or `unavailable` */
  reveal(id: SecretId): string
  /** The signing secrets that can be opened, the newest last. */
  signingSecrets(): readonly {
    readonly id: SecretId
    readonly mask: string
    readonly value: string
  }[]
  /**
   * Every text that must not be shown: header values, signing secrets, secret parts of endpoints. Of
   * secrets that something refers to: half of one that is being typed hides nothing for long.
   */
  maskables(): readonly string[]
  /** What refers to secrets has changed. */
  referencesChanged(): void
}

interface Entry {
  readonly sealed: SealedSecret
  readonly value: string | null
}

export async function openVault(deps: {
  store: SecretStore
  sealer: SecretSealer
  runtime: Runtime
}): Promise<Vault> {
  const { store, sealer, runtime } = deps
  const entries = new Map<SecretId, Entry>()
  let maskables: readonly string[] | null = null
  for (const sealed of store.all()) {
    const value = await openSealed(sealer, sealed)
    // As it is masked today: a mask that was stored may be from before.
    const mask = value === null ? sealed.mask : maskOf(sealed.kind, value)
    entries.set(sealed.id, { sealed: { ...sealed, mask }, value })
  }

  function toKept({ sealed, value }: Entry): KeptSecret {
    return { kind: 'kept', secretId: sealed.id, mask: sealed.mask, readable: value !== null }
  }

  function find(kind: SecretKind, text: string): Entry | undefined {
    for (const entry of entries.values()) {
      if (entry.value === text && entry.sealed.kind === kind) return entry
    }
    return undefined
  }

  const insert = ({ sealed }: Entry) => {
    store.insert(sealed, runtime.nowMs())
    maskables = null
  }

  return {
    prepare: async (kind, text) => {
      const known = find(kind, text)
      // Stored again: what nothing referred to may have been deleted meanwhile.
      if (known) return { kept: toKept(known), commit: () => insert(known) }
      const blob = await sealer.seal(text)
      const mask = maskOf(kind, text)
      const id = runtime.newId('sec') as SecretId
      const entry = { sealed: { id, kind, scheme: sealer.scheme, blob, mask }, value: text }
      return {
        kept: toKept(entry),
        commit: () => {
          insert(entry)
          entries.set(id, entry)
        },
      }
    },
    kept: (id) => {
      const entry = entries.get(id)
      return entry ? toKept(entry) : null
    },
    value: (id) => entries.get(id)?.value ?? null,
    reveal: (id) => {
      const entry = entries.get(id)
      if (!entry) throw new AppError('not_found', 'This secret is no longer kept. Enter it again.')
      if (entry.value === null) throw new AppError('unavailable', UNREADABLE)
      return entry.value
    },
    signingSecrets: () => {
      const used = new Set(store.inUse())
      return [...entries.values()].flatMap(({ sealed: { id, kind, mask }, value }) =>
        kind === 'signing' && value !== null && used.has(id) ? [{ id, mask, value }] : [],
      )
    },
    maskables: () => {
      maskables ??= [...new Set(store.inUse().flatMap((id) => hiddenTexts(entries.get(id))))]
      return maskables
    },
    referencesChanged: () => {
      maskables = null
    },
  }
}

export const UNREADABLE = 'This secret was sealed with a key that is not here. Enter it again.'

function maskOf(kind: SecretKind, text: string): string {
  if (kind === 'endpoint') return recogniseEndpoint(text).masked
  // The user's name tells it apart; the end of a password would give much of it away.
  if (kind === 'proxy') return text.replace(/^([^:]*:)?.*$/s, `$1${HIDDEN_TEXT}`)
  return maskText(text)
}

/** Shorter than this a text is no secret worth the name, and masking it would hide innocent bytes. */
const MIN_MASKABLE_LENGTH = 4

function hiddenTexts(entry: Entry | undefined): string[] {
  if (!entry || entry.value === null) return []
  return hiddenTextsOf(entry.sealed.kind, entry.value)
}

/** What of a secret text must not be shown: of a URL its secret parts, of `Bearer x` or `whsec_x` the `x` too. */
export function hiddenTextsOf(kind: SecretKind, value: string): string[] {
  return partsOf(kind, value).filter((text) => text.length >= MIN_MASKABLE_LENGTH)
}

function partsOf(kind: SecretKind, value: string): readonly string[] {
  switch (kind) {
    case 'endpoint':
      return recogniseEndpoint(value).secrets
    case 'header':
      // Sent without the space around it.
      return [value.trim(), ...value.trim().split(/\s+/).slice(1)]
    case 'signing':
      return [value, value.replace(/^(whsec|whsk)_/, '')]
    case 'proxy':
      return [value, value.slice(value.indexOf(':') + 1), Buffer.from(value).toString('base64')]
  }
}

async function openSealed(sealer: SecretSealer, sealed: SealedSecret): Promise<string | null> {
  if (sealed.scheme !== sealer.scheme) return null
  try {
    return await sealer.open(sealed.blob)
  } catch {
    return null
  }
}
