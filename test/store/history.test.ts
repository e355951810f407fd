import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { DeliveryFilter, EventId } from '#contract'
import { openDatabase } from '../../src-main/store/database.ts'
import { attemptId } from '../../src-main/store/history-keys.ts'
import { LAST_FIRING } from '../../src-main/store/history-query.ts'
import type { Store } from '../../src-main/store/index.ts'
import { pageQueries } from '../../src-main/store/page-query.ts'
import { recordCaptures } from '../support/captured-folder.ts'
import { attemptWith, FINAL, storedDeliveries, storedWebhook } from '../support/factories.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { tempStore } from '../support/temp-store.ts'

async function delivered(store: Store, count: number): Promise<void> {
  const webhookId = storedWebhook(store)
  for (let i = 0; i < count; i++) {
    const [delivery] = storedDeliveries(store, [webhookId], { createdAtMs: i })
    if (!delivery) throw new Error('no delivery')
    await store.log.beginAttempt(delivery, 1, i, i)
    const failed = i % 10 === 0
    await store.log.finishAttempt(
      attemptWith(delivery, {
        ...(failed
          ? { code: 'connect_refused', httpStatus: null, reason: 'Nothing listens.' }
          : {}),
        requestBody: Buffer.from(`{"n":"number ${i}."}`),
      }),
      FINAL,
    )
  }
}

describe('the history', () => {
  it('gives back every recorded byte', async () => {
    const store = tempStore()
    const [delivery] = storedDeliveries(store, [storedWebhook(store)])
    if (!delivery) throw new Error('no delivery')
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256)
    await store.log.beginAttempt(delivery, 1, 5, 5)
    await store.log.finishAttempt(
      attemptWith(delivery, { requestBody: bytes, responseBody: bytes, responseBodyBytes: 90_000 }),
      FINAL,
    )
    const exchange = store.history.exchange(attemptId(delivery.id, 1))
    expect(Buffer.from(exchange.requestBody).equals(bytes)).toBe(true)
    expect(Buffer.from(exchange.responseBody).equals(bytes)).toBe(true)
    expect(exchange.responseBodyBytes).toBe(90_000)
    expect(exchange.origin).toBe('http://127.0.0.1:9')
    const read = store.history.get(delivery.id)
    expect(read).toMatchObject({
      status: 'delivered',
      state: 'succeeded',
      attempts: 1,
      durationMs: 10,
    })
    expect(read.attemptList[0]).toMatchObject({ number: 1, requestBodyBytes: 70_000, code: 'ok' })
  })

  it('has no attempt of a number that none can have', async () => {
    const store = tempStore()
    const [delivery] = storedDeliveries(store, [storedWebhook(store)])
    if (!delivery) throw new Error('no delivery')
    for (const number of [0, 1, 1024, 9999]) {
      expect(() => store.history.exchange(attemptId(delivery.id, number))).toThrow(
        'This attempt is not in the history.',
      )
    }
  })

  it('pages newest first without gaps or repeats', async () => {
    const store = tempStore()
    await delivered(store, 57)
    const seen: number[] = []
    let cursor: number | undefined
    for (;;) {
      const page = await store.history.page({}, cursor, 10)
      seen.push(...page.items.map(({ seq }) => seq))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(seen).toEqual([...seen].sort((a, b) => b - a))
    expect(new Set(seen).size).toBe(57)
  })

  it('answers each filter with what matches and nothing else', async () => {
    const store = tempStore()
    await delivered(store, 40)
    const other = storedWebhook(store, { name: 'The Other', event: 'poll.created' })
    storedDeliveries(store, [other], { event: 'poll.created', createdAtMs: 1_000 })
    const count = async (filter: DeliveryFilter) =>
      (await store.history.page(filter, undefined, 100)).items.length
    expect(await count({ statuses: ['failed'] })).toBe(4)
    expect(await count({ statuses: ['delivered'] })).toBe(36)
    expect(await count({ statuses: ['failed', 'delivered', 'queued'] })).toBe(41)
    expect(await count({ statuses: ['queued'] })).toBe(1)
    expect(await count({ statuses: ['queued'], events: ['meeting.booked'] })).toBe(0)
    expect(await count({ events: ['poll.created', 'poll.answered'] })).toBe(1)
    expect(await count({ webhookId: other })).toBe(1)
    expect(await count({ webhookId: other, statuses: ['failed'] })).toBe(0)
    expect(await count({ sinceMs: 10, untilMs: 19 })).toBe(10)
    expect(await count({ sinceMs: 2_000 })).toBe(0)
    expect(await count({ text: 'NUMBER 17.' })).toBe(1)
    expect(await count({ text: 'the other' })).toBe(1)
    expect(await count({ text: '100%' })).toBe(0)
    expect(await count({ text: 'host: 127.0.0.1', statuses: ['failed'] })).toBe(4)
  })

  it('finds text far down and pages on from there', async () => {
    const store = tempStore()
    await delivered(store, 30)
    const first = await store.history.page({ text: 'number 2' }, undefined, 4)
    expect(first.items).toHaveLength(4)
    const rest = await store.history.page({ text: 'number 2' }, first.nextCursor ?? 0, 100)
    expect(rest.items).toHaveLength(7)
    expect(rest.nextCursor).toBeNull()
  })

  it.each([
    ['after a NUL', Buffer.from('before\0Behind it')],
    ['after what is no UTF-8', Buffer.from('\xff\xc3Behind it\xe2', 'latin1')],
  ])('finds text %s', async (_where, body) => {
    const store = tempStore()
    const [delivery] = storedDeliveries(store, [storedWebhook(store)])
    if (!delivery) throw new Error('no delivery')
    await store.log.finishAttempt(attemptWith(delivery, { responseBody: body }), FINAL)
    const found = async (text: string) => (await store.history.page({ text }, undefined, 10)).items
    expect(await found('bEHIND it')).toHaveLength(1)
    expect(await found('behind us')).toEqual([])
  })

  it('finds text after a NUL in captures', async () => {
    const store = tempStore()
    await recordCaptures(store, 1, () => ({ answer: 'HTTP/1.1 200 X\r\n\r\nok\0Behind it' }))
    const found = async (text: string) => (await store.captures.page({ text }, undefined, 10)).items
    expect(await found('bEHIND it')).toHaveLength(1)
    expect(await found('behind us')).toEqual([])
  })

  it('searches large bodies in short steps, so that the rest goes on meanwhile', async () => {
    const store = tempStore()
    const deliveries = storedDeliveries(
      store,
      Array.from({ length: 40 }, () => storedWebhook(store)),
    )
    const responseBody = Buffer.alloc(2 * 1024 * 1024, 'lorem ipsum ')
    for (const delivery of deliveries) {
      await store.log.finishAttempt(attemptWith(delivery, { responseBody }), FINAL)
    }
    let turns = 0
    const turn = () => {
      turns += 1
      next = setImmediate(turn)
    }
    let next = setImmediate(turn)
    const page = await store.history.page({ text: 'lorem ipsun' }, undefined, 10)
    clearImmediate(next)
    expect(page.items).toEqual([])
    expect(turns).toBeGreaterThan(5)
  })

  it('gives a search up when nobody wants it any more', async () => {
    const store = tempStore()
    await delivered(store, 3)
    const aborted = store.history.page({ text: 'x' }, undefined, 10, AbortSignal.abort())
    await expect(aborted).rejects.toThrow(/abort/i)
  })

  it('finds the last firing of an event by an index', () => {
    const { db } = openDatabase(`${tempFolder()}/a.sqlite`, 'now')
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${LAST_FIRING}`).all('poll.created')
    expect(plan).toMatchObject([{ detail: 'SEARCH events USING INDEX events_fired (event=?)' }])
    db.close()
  })

  it('drives every list query by an index', () => {
    const { db } = openDatabase(`${tempFolder()}/a.sqlite`, 'now')
    const plan = (filter: DeliveryFilter) =>
      pageQueries(filter, [1, 2]).flatMap(({ sql, values }) =>
        db
          .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
          .all(...values, 1, 1)
          .map(({ detail }) => detail),
      )
    const byRowid = 'SEARCH d USING INTEGER PRIMARY KEY (rowid<?)'
    expect(plan({})).toContain(byRowid)
    expect(plan({ statuses: ['refused'] })).toContain(
      'SEARCH d USING INDEX deliveries_by_code (code=? AND seq<?)',
    )
    for (const status of ['queued', 'sending', 'waiting'] as const) {
      expect(plan({ statuses: [status] })).toContain(
        'SEARCH d USING INDEX deliveries_unfinished (seq<?)',
      )
    }
    expect(plan({ events: ['poll.created'] })).toContain(
      'SEARCH d USING INDEX deliveries_by_event (event=? AND seq<?)',
    )
    expect(plan({ webhookId: 'wh_1' as never })).toContain(
      'SEARCH d USING INDEX deliveries_by_webhook (webhook_id=? AND seq<?)',
    )
    expect(plan({ sinceMs: 1 })).toContain(
      'SEARCH deliveries USING COVERING INDEX deliveries_by_time (created_at_ms>?)',
    )
    const all = plan({
      webhookId: 'wh_1' as never,
      statuses: ['failed', 'queued'],
      events: ['poll.created'],
      sinceMs: 1,
      untilMs: 2,
    })
    expect(all.filter((step) => step.includes('TEMP B-TREE') || /^SCAN d\b/.test(step))).toEqual([])
    db.close()
  })

  it('tells what was on its way when the process died from what is queued', async () => {
    const path = tempFolder()
    const store = tempStore(path)
    const [sending, queued] = storedDeliveries(store, [storedWebhook(store), storedWebhook(store)])
    if (!sending || !queued) throw new Error('no deliveries')
    await store.log.beginAttempt(sending, 1, 77, 78)
    store.log.takeUp()
    expect(store.log.cutOff(10)).toMatchObject([
      { seq: sending.seq, attempts: 1, startedAtMs: 77, waited: null },
    ])
    expect(store.log.queued(0, 10).map(({ seq }) => seq)).toEqual([queued.seq])
  })

  it('rejects the one write of a group that fails and commits the others', async () => {
    const store = tempStore()
    const [delivery] = storedDeliveries(store, [storedWebhook(store)])
    if (!delivery) throw new Error('no delivery')
    const good = store.log.finishAttempt(attemptWith(delivery), FINAL)
    const other = { finishedAtMs: attemptWith(delivery).finishedAtMs + 1 }
    const twice = store.log.finishAttempt(attemptWith(delivery, other), FINAL)
    const outcomes = await Promise.allSettled([good, twice])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    // Tried again after its commit, whose answer was lost.
    await store.log.finishAttempt(attemptWith(delivery), FINAL)
    expect(store.history.get(delivery.id).status).toBe('delivered')
  })

  it('commits the event and its deliveries together, or neither', () => {
    const store = tempStore()
    const record = () =>
      store.log.record(
        {
          id: 'evt_x' as EventId,
          event: 'poll.created',
          source: 'simulator',
          payloadText: '{}',
          createdAtMs: 1,
        },
        [{ id: 'dlv_x' as never, webhookVersion: 4711 as never }],
      )
    expect(record).toThrow()
    expect(store.history.lastFirings()).toEqual([])
  })

  it('marks a version as used also where the first try to record with it was rolled back', () => {
    const path = tempFolder()
    const store = tempStore(path)
    const webhook = storedWebhook(store)
    const version = store.webhooks.get(webhook)?.version
    if (version === undefined) throw new Error('no webhook')
    const record = (ids: string[]) =>
      store.log.record(
        {
          id: `evt_${ids.join()}` as EventId,
          event: 'poll.created',
          source: 'simulator',
          payloadText: '{}',
          createdAtMs: 1,
        },
        ids.map((id) => ({ id: id as never, webhookVersion: version })),
      )
    expect(() => record(['dlv_same', 'dlv_same'])).toThrow(/UNIQUE/)
    record(['dlv_other'])
    const db = new Database(join(path, 'hookstage.sqlite'), { readonly: true })
    expect(db.prepare('SELECT used FROM webhook_versions').all()).toEqual([{ used: 1 }])
    db.close()
  })
})
