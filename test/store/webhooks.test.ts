import { describe, expect, it } from 'vitest'
import type { SampleId, WebhookDraft } from '#contract'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import { openStore } from '../../src-main/store/index.ts'
import {
  attemptWith,
  draftWith,
  FINAL,
  storedDeliveries,
  storedWebhook,
} from '../support/factories.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { tempStore } from '../support/temp-store.ts'

describe('stored webhooks', () => {
  it('come back whole, whatever they hold', () => {
    const store = tempStore()
    const draft = draftWith({
      name: "Ünïcode & O'Neill 🎟",
      contentType: 'application/x-www-form-urlencoded',
      formEncoding: 'indices',
      formField: 'data',
      jsonStyle: 'pretty',
      status: 'inactive',
      headers: [
        { rowId: '1', name: 'X-A', value: { kind: 'plain', text: 'one' } },
        { rowId: '2', name: 'X-A', value: { kind: 'plain', text: 'two' } },
      ],
      target: {
        join: 'any',
        conditions: [{ field: 'tags', operator: 'contains', values: ['vip'] }],
      },
      format: 'template',
      template: '{"text": {{ id | json }}}\n',
      timeoutMs: 3_000,
    })
    const id = storedWebhook(store, draft)
    expect(store.webhooks.get(id)?.draft).toEqual(draft)
  })

  it('have no template in forms that were kept before there were any', () => {
    const { template: _none, ...old } = draftWith({ name: 'Old form' })
    const store = tempStore()
    store.drafts.put(null, old as WebhookDraft, 1)
    expect(store.drafts.list().map(({ draft }) => draft)).toEqual([{ ...old, template: '' }])
  })

  it('keep what a delivery was decided with when they are edited', () => {
    const store = tempStore()
    const id = storedWebhook(store, { name: 'Before' })
    const [delivery] = storedDeliveries(store, [id])
    store.webhooks.put(
      id,
      { draft: draftWith({ name: 'After' }), origin: 'http://127.0.0.1:10', destination: 'http' },
      9,
      false,
    )
    expect(store.webhooks.list().map(({ draft }) => draft.name)).toEqual(['After'])
    expect(delivery && store.history.get(delivery.id).webhookName).toBe('Before')
    const job = delivery && store.log.job(delivery.seq)
    expect(job && store.webhooks.version(job.webhookVersion).draft.name).toBe('Before')
  })

  it('are listed no more once deleted, come back when restored, and keep their history', async () => {
    const store = tempStore()
    const id = storedWebhook(store)
    const [delivery] = storedDeliveries(store, [id])
    if (!delivery) throw new Error('no delivery')
    await store.log.finishAttempt(attemptWith(delivery), FINAL)
    store.webhooks.markDeleted([id], 50)
    expect(store.webhooks.list()).toEqual([])
    store.webhooks.markDeleted([id], null)
    expect(store.webhooks.list()).toMatchObject([{ id, last: { code: 'ok', finishedAtMs: 1_020 } }])
    store.drafts.put(id, draftWith(), 1)
    store.webhooks.markDeleted([id], 50)
    store.webhooks.forgetDeleted(51)
    store.drafts.put(null, draftWith({ name: 'new' }), 1)
    store.drafts.discardOrphans()
    expect(store.drafts.list()).toMatchObject([{ webhookId: null }])
    store.webhooks.markDeleted([id], null)
    expect(store.webhooks.list()).toEqual([])
    expect(store.history.get(delivery.id).webhookName).toBe('Test webhook')
  })
})

describe('drafts, samples and settings', () => {
  it('survive closing and opening the store', () => {
    const path = tempFolder()
    const sample = {
      id: 'smp_1' as SampleId,
      event: 'poll.created' as const,
      name: 'Mine',
      payloadText: '{ }',
      createdAtMs: 1,
    }
    const folder = claimDataFolder(path)
    const first = openStore(folder, 1)
    const webhookId = storedWebhook(first)
    first.drafts.put(null, draftWith({ name: 'half fil' }), 5)
    first.drafts.put(webhookId, draftWith({ name: 'edited' }), 6)
    first.samples.put(sample)
    first.settings.update({ theme: 'dark' })
    expect(first.settings.markOnce('seen')).toBe(true)
    first.close()
    folder.release()

    const second = tempStore(path)
    expect(
      second.drafts
        .list()
        .map(({ draft }) => draft.name)
        .sort(),
    ).toEqual(['edited', 'half fil'])
    expect(second.samples.list()).toEqual([sample])
    second.samples.markDeleted(sample.id, 3)
    expect(second.samples.list()).toEqual([])
    expect(second.settings.update({ defaultTimeoutMs: 3_000 })).toMatchObject({
      theme: 'dark',
      defaultTimeoutMs: 3_000,
    })
    expect(second.settings.markOnce('seen')).toBe(false)
  })
})
