/** What was typed in a dialog's form and not decided on: what is kept of it, and what is not. */
import { describe, expect, it } from 'vitest'
import { type DeliveryId, FIRST_MANNER } from '#contract'
import { bulkDrafts, bulkKey } from '../../../src-renderer/state/bulk-draft.ts'
import { changed, createFormDrafts } from '../../../src-renderer/state/form-drafts.ts'
import { FIRST_TYPED } from '../../../src-renderer/state/replay-draft.ts'

describe('the drafts of forms', () => {
  it('are kept by what they are of until they are forgotten', () => {
    const drafts = createFormDrafts<string>()
    drafts.type('a', 'of a')
    drafts.type('b', 'of b')
    drafts.leave('a')
    expect([drafts.of('a'), drafts.of('b')]).toEqual(['of a', 'of b'])
    drafts.forget('a')
    drafts.leave('a')
    expect([drafts.of('a'), drafts.of('b')]).toEqual([undefined, 'of b'])
  })

  it('are no more than twenty, the latest that were typed in', () => {
    const drafts = createFormDrafts<number>()
    for (let each = 0; each < 20; each += 1) drafts.type(`of ${each}`, each)
    drafts.type('of 0', 0)
    drafts.type('of 20', 20)
    expect(drafts.of('of 0')).toBe(0)
    expect(drafts.of('of 1')).toBeUndefined()
    expect(drafts.of('of 2')).toBe(2)
  })

  it('hold the fields that are other than without anything typed', () => {
    const first = { name: 'Echo', port: '', url: { kind: 'plain', text: '' } }
    expect(changed(first, { name: 'Echo 2', url: { kind: 'plain', text: '' } })).toEqual({
      name: 'Echo 2',
    })
    expect(changed(first, { name: 'Echo' })).toBeNull()
  })
})

describe('the draft of a bulk replay', () => {
  it('outlives its window but for a secret that was typed', () => {
    const target = { kind: 'url', url: { kind: 'plain', text: 'http://127.0.0.1:9/in' } } as const
    const secret = { kind: 'secret', text: 'whsec_typed' } as const
    const manner = { ...FIRST_MANNER, kind: 're_signed', target } as const
    bulkDrafts.type('some', { manner: { ...manner, signing: { ...FIRST_TYPED, secret } } })
    bulkDrafts.leave('some')
    expect(bulkDrafts.of('some')).toEqual({ manner: { ...manner, signing: FIRST_TYPED } })
  })

  it('is that of the same rows, whenever and in whatever order they were chosen', () => {
    const [one, two] = ['dlv_1' as DeliveryId, 'dlv_2' as DeliveryId] as const
    const of = (...deliveryIds: DeliveryId[]) => bulkKey({ kind: 'deliveries', deliveryIds })
    expect(of(one, two)).toBe(of(two, one))
    expect(of(one)).not.toBe(of(two))
    const lately = (sinceMs: number) =>
      bulkKey({ kind: 'delivery_filter', filter: { text: 'vip', sinceMs } })
    expect(lately(1)).toBe(lately(2))
    expect(lately(1)).not.toBe(bulkKey({ kind: 'delivery_filter', filter: {} }))
  })
})
