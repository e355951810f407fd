/** The list of runs while the core is away. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { BulkRun } from '#contract'
import { bulk, useBulk } from '../../../src-renderer/state/bulk.ts'
import { openCore } from '../../../src-renderer/state/core.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('says why the runs cannot be read, until they can', async () => {
  let isAway = true
  const list = async (): Promise<BulkRun[]> => {
    if (isAway) throw Object.assign(new Error('Hookstage is away.'), { code: 'unavailable' })
    return []
  }
  openCore({ bulk: { list } } as unknown as Parameters<typeof openCore>[0])
  bulk.begin()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(useBulk.getState()).toMatchObject({ runs: null, runsProblem: 'Hookstage is away.' })
  isAway = false
  bulk.begin()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(useBulk.getState()).toMatchObject({ runs: [], runsProblem: null })
})
