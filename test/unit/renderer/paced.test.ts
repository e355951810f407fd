import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPaced } from '../../../src-renderer/state/paced.ts'

describe('paced work', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('runs at most once per interval however often it is asked, and once more at the end', async () => {
    const runs: number[] = []
    const paced = createPaced(async () => void runs.push(performance.now()), 200)
    for (let ms = 0; ms < 1_000; ms += 10) {
      paced.request()
      await vi.advanceTimersByTimeAsync(10)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    expect(runs.length).toBe(6)
  })

  it('never runs twice at a time', async () => {
    let running = 0
    let most = 0
    const paced = createPaced(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 500))
      running -= 1
    }, 100)
    for (let ms = 0; ms < 2_000; ms += 50) {
      paced.request()
      await vi.advanceTimersByTimeAsync(50)
    }
    expect(most).toBe(1)
  })

  it('goes on after a failure', async () => {
    let runs = 0
    const paced = createPaced(() => {
      runs += 1
      return Promise.reject(new Error('away'))
    }, 100)
    paced.request()
    await vi.advanceTimersByTimeAsync(10)
    paced.request()
    await vi.advanceTimersByTimeAsync(200)
    expect(runs).toBe(2)
  })
})
