import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BulkItem, BulkItemState } from '#contract'
import { openBulkItems, PAGE_ROWS } from '../../../src-renderer/state/bulk-items.ts'
import { tellFacts } from '../../../src-renderer/state/core.ts'

const SCREEN_ROWS = 16

describe('the items of a bulk run', () => {
  let states: BulkItemState[]
  let rows: readonly BulkItem[]
  let problem: string | null
  let hold: Promise<void> | null
  let reader: ReturnType<typeof openBulkItems>

  const item = (position: number, state: BulkItemState): BulkItem => ({
    position,
    state,
    reason: '',
    delivery: null,
    capture: null,
    original: { code: null, httpStatus: null },
    replay: null,
    answer: null,
  })

  /** Those that are in one state, or all; as they stand when they are asked for. */
  const open = (wanted: BulkItemState | null = null) => {
    reader = openBulkItems(
      async (cursor) => {
        const matching = states
          .map((state, position) => item(position, state))
          .filter(({ state, position }) => position > (cursor ?? -1) && state === (wanted ?? state))
        const items = matching.slice(0, PAGE_ROWS)
        const nextCursor = matching.length > PAGE_ROWS ? (items.at(-1)?.position ?? null) : null
        await hold
        return { items, nextCursor }
      },
      (told, why) => {
        rows = told
        problem = why
      },
    )
    return settle()
  }
  const settle = () => vi.advanceTimersByTimeAsync(1_000)
  const scrollTo = (first: number) => {
    reader.see(first, Math.min(rows.length - 1, first + SCREEN_ROWS))
    return settle()
  }
  const readAll = async () => {
    for (let had = -1; had < rows.length; ) {
      had = rows.length
      await scrollTo(Math.max(0, rows.length - SCREEN_ROWS))
    }
  }
  const positions = () => rows.map(({ position }) => position)
  const those = (state: BulkItemState) =>
    states.flatMap((each, position) => (each === state ? [position] : []))

  beforeEach(() => {
    vi.useFakeTimers()
    rows = []
    problem = null
    hold = null
    states = Array.from({ length: 1_000 }, () => 'pending' as const)
  })
  afterEach(() => {
    reader.close()
    vi.useRealTimers()
  })

  it('are as they are now where they come on screen again, though no fact tells of it', async () => {
    await open()
    await readAll()
    expect(rows).toHaveLength(1_000)
    states.fill('same')
    await scrollTo(0)
    expect(rows.slice(0, SCREEN_ROWS).map(({ state }) => state)).not.toContain('pending')
    await scrollTo(500)
    expect(rows.slice(500, 516).map(({ state }) => state)).not.toContain('pending')
    expect(positions()).toEqual([...states.keys()])
  })

  it('go when they match no longer, and come when they do, beyond the first page too', async () => {
    for (let position = 0; position < 1_000; position += 2) states[position] = 'same'
    await open('same')
    await readAll()
    expect(rows).toHaveLength(500)
    states[700] = 'pending'
    states[701] = 'same'
    states[1] = 'same'
    await scrollTo(340)
    tellFacts([{ kind: 'bulk.changed' }])
    await settle()
    expect(positions()).toContain(701)
    expect(positions()).not.toContain(700)
    await scrollTo(0)
    expect(positions()).toEqual(those('same'))
  })

  it('lose none of those read while others were on their way', async () => {
    await open()
    let go = () => {}
    hold = new Promise((resolve) => {
      go = resolve
    })
    tellFacts([{ kind: 'bulk.changed' }])
    await settle()
    reader.see(PAGE_ROWS - SCREEN_ROWS, PAGE_ROWS - 1)
    await settle()
    go()
    hold = null
    await settle()
    expect(rows.length).toBe(2 * PAGE_ROWS)
    await readAll()
    expect(positions()).toEqual([...states.keys()])
  })

  it('stay while they cannot be read, with the reason', async () => {
    await open()
    hold = Promise.reject(new Error('away'))
    hold.catch(() => undefined)
    tellFacts([{ kind: 'bulk.changed' }])
    await settle()
    expect(rows).toHaveLength(PAGE_ROWS)
    expect(problem).not.toBeNull()
    hold = null
    tellFacts([{ kind: 'bulk.changed' }])
    await settle()
    expect(problem).toBeNull()
  })

  it('are the very same as before where they say the same', async () => {
    await open()
    const before = rows
    states[3] = 'made'
    tellFacts([{ kind: 'bulk.changed' }])
    await settle()
    expect(rows[3]).not.toBe(before[3])
    expect(rows[4]).toBe(before[4])
  })
})
