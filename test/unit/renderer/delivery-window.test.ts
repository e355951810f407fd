import { describe, expect, it } from 'vitest'
import type { DeliveryId, DeliverySummary } from '#contract'
import {
  extendWindow,
  fillPage,
  heldRows,
  layHead,
  letGo,
  mayHold,
  missingPages,
  openWindow,
  PAGE_ROWS,
  refreshRows,
  rowAt,
} from '../../../src-renderer/state/delivery-window.ts'

const row = (seq: number, status: DeliverySummary['status'] = 'delivered') =>
  ({ id: `d${seq}` as DeliveryId, seq, status }) as DeliverySummary
const rows = (from: number, count: number) => Array.from({ length: count }, (_, i) => row(from - i))
const page = (from: number, count = PAGE_ROWS) => ({
  items: rows(from, count),
  nextCursor: from - count > 0 ? from - count + 1 : null,
})
const seqs = (window: Parameters<typeof heldRows>[0]) => heldRows(window).map(({ seq }) => seq)

/** A window over the whole of a history of so many deliveries. */
function walked(total: number) {
  let window = openWindow(page(total))
  while (window.nextCursor !== null) window = extendWindow(window, page(window.nextCursor - 1))
  return window
}

describe('the window of deliveries', () => {
  it('grows by pages to the end of the history', () => {
    const window = walked(1_000)
    expect(window.count).toBe(1_000)
    expect(rowAt(window, 999)?.seq).toBe(1)
    expect(rowAt(window, 100)?.seq).toBe(900)
  })

  it('lays new deliveries on top without a gap or a repetition', () => {
    let window = walked(400)
    for (let newest = 401; newest <= 900; newest += 37) window = layHead(window, page(newest))
    const held = seqs(window)
    expect(held).toEqual(rows(882, 882).map(({ seq }) => seq))
    expect(window.count).toBe(882)
  })

  it('begins anew when the newest page does not reach it', () => {
    const window = layHead(walked(400), page(900))
    expect(seqs(window)).toEqual(rows(900, 100).map(({ seq }) => seq))
    expect(window.nextCursor).toBe(801)
  })

  it('forgets its end when it grows without bound at the top', () => {
    let window = walked(1_950)
    for (let newest = 1_951; newest <= 2_300; newest += 50) window = layHead(window, page(newest))
    expect(window.count).toBeLessThanOrEqual(2_000)
    expect(window.nextCursor).toBe(heldRows(window).at(-1)?.seq)
  })

  it('lets far rows go, keeps its length, and has them filled again', () => {
    const window = letGo(walked(10_000), 9_950, 9_990)
    expect(window.count).toBe(10_000)
    expect(heldRows(window).length).toBeLessThan(2_000)
    expect(rowAt(window, 5)).toBeNull()
    const [missing = -1] = missingPages(window, 0, 20)
    expect(rowAt(fillPage(window, missing, rows(10_000, 100)), 5)?.seq).toBe(9_995)
  })

  it('puts changed rows in place and takes out those that no longer belong', () => {
    const fresh = new Map([
      [row(99).id, row(99, 'failed')],
      [row(98).id, row(98, 'refused')],
    ])
    const window = refreshRows(walked(100), fresh, ({ status }) => status !== 'refused')
    expect(rowAt(window, 1)?.status).toBe('failed')
    expect(rowAt(window, 2)?.seq).toBe(97)
    expect(window.count).toBe(99)
  })

  it('knows which rows are there, or may be where none are held', () => {
    const window = letGo(walked(5_000), 4_900, 4_950)
    const gone = refreshRows(window, new Map([[row(60).id, row(60, 'failed')]]), (each) => {
      return each.status !== 'failed'
    })
    expect(mayHold(window, 60)).toBe(true)
    expect(mayHold(gone, 60)).toBe(false)
    expect(mayHold(gone, 4_000)).toBe(true)
    expect(mayHold(openWindow(page(300)), 100)).toBe(true)
    expect(mayHold(openWindow(page(90)), 301)).toBe(false)
    expect(mayHold(openWindow({ items: [], nextCursor: null }), 7)).toBe(false)
  })
})
