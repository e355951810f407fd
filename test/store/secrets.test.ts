import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptySigning, type SecretId } from '#contract'
import { createKeyFileSealer } from '../../src-main/store/secret-sealer.ts'
import { draftWith, storedDeliveries, storedWebhook } from '../support/factories.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { tempStore } from '../support/temp-store.ts'

describe('the key file sealer', () => {
  it('opens what it sealed, with another ciphertext each time, and not what was changed', async () => {
    const sealer = createKeyFileSealer(join(tempFolder(), 'key'))
    const [a, b] = [await sealer.seal('Bearer ¢åfé'), await sealer.seal('Bearer ¢åfé')]
    expect(await sealer.open(a)).toBe('Bearer ¢åfé')
    expect(Buffer.from(a).equals(b)).toBe(false)
    expect(Buffer.from(a).includes('Bearer')).toBe(false)
    const changed = Uint8Array.from(a)
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    await expect(sealer.open(changed)).rejects.toThrow()
  })

  it('keeps its key private and does not open under another one', async () => {
    const path = join(tempFolder(), 'key')
    const blob = await createKeyFileSealer(path).seal('x')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await createKeyFileSealer(path).open(blob)).toBe('x')
    const other = createKeyFileSealer(join(tempFolder(), 'key'))
    await expect(other.open(blob)).rejects.toThrow()
    writeFileSync(path, 'short')
    expect(() => createKeyFileSealer(path)).toThrow(/is damaged/)
    expect(readFileSync(path, 'utf8')).toBe('short')
  })
})

describe('unused secrets', () => {
  const blob = new Uint8Array([1])
  const kept = (id: string) => ({
    kind: 'kept' as const,
    secretId: id as SecretId,
    mask: '••••',
    readable: true,
  })

  it('are those that no webhook, draft or past delivery refers to', () => {
    const store = tempStore()
    for (const id of ['endpoint', 'header', 'draft', 'past', 'signing', 'second', 'nobody']) {
      store.secrets.insert({ id: id as SecretId, kind: 'header', scheme: 's', blob, mask: 'm' }, 1)
    }
    const header = (id: string) => [{ rowId: 'r', name: 'X-Token', value: kept(id) }]
    storedWebhook(store, { endpoint: kept('endpoint'), headers: header('header') })
    const signing = { ...emptySigning(), secret: kept('signing'), secondSecret: kept('second') }
    storedWebhook(store, { signing })
    store.drafts.put(null, draftWith({ headers: header('draft') }), 1)
    const edited = storedWebhook(store, { headers: header('past') })
    storedDeliveries(store, [edited])
    store.webhooks.put(
      edited,
      { draft: draftWith(), origin: 'http://127.0.0.1:9', destination: 'http' },
      2,
      false,
    )
    expect(store.secrets.deleteUnused()).toBe(1)
    expect(
      store.secrets
        .all()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['draft', 'endpoint', 'header', 'past', 'second', 'signing'])
  })
})
