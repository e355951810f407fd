import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fact } from '#contract'
import { tellFacts } from '../../../src-renderer/state/core.ts'
import { isToBeTriedAgain, type Live, ofKinds, openLive } from '../../../src-renderer/state/live.ts'

const BEAT_MS = 100
const CHANGED: readonly Fact[] = [{ kind: 'bulk.changed' }]

const coded = (code: string, message: string) => Object.assign(new Error(message), { code })

describe('what is read live', () => {
  let answers: (() => Promise<number>)[]
  let told: Live<number>[]
  let stops: (() => void)[]
  const open = (more: Partial<Parameters<typeof openLive<number>>[0]> = {}) => {
    const stop = openLive<number>({
      read: () => answers.shift()?.() ?? Promise.reject(new Error('read too often')),
      concerns: ofKinds('bulk.changed'),
      beatMs: BEAT_MS,
      tell: (live) => void told.push(live),
      ...more,
    })
    stops.push(stop)
    return stop
  }
  const beat = () => vi.advanceTimersByTimeAsync(BEAT_MS)

  beforeEach(() => {
    vi.useFakeTimers()
    answers = []
    told = []
    stops = []
  })
  afterEach(() => {
    for (const stop of stops) stop()
    vi.useRealTimers()
  })

  it('is read at once, and again when a fact concerns it', async () => {
    answers = [async () => 1, async () => 2]
    open()
    await beat()
    tellFacts([{ kind: 'settings.changed' }])
    await beat()
    expect(told.map(({ value }) => value)).toEqual([1])
    tellFacts(CHANGED)
    await beat()
    expect(told.map(({ value }) => value)).toEqual([1, 2])
  })

  it('stays as it was read last while it cannot be read, with the reason beside it', async () => {
    answers = [
      async () => 1,
      () => Promise.reject(coded('unavailable', 'Hookstage is away.')),
      async () => 2,
    ]
    open()
    await beat()
    tellFacts(CHANGED)
    await beat()
    expect(told.at(-1)).toEqual({ value: 1, problem: 'Hookstage is away.', isGone: false })
    tellFacts(CHANGED)
    await beat()
    expect(told.at(-1)).toEqual({ value: 2, problem: null, isGone: false })
  })

  it('says that it is read again by itself while the core is away, and only then', async () => {
    const undone = 'Hookstage is away, so this was not done. Try again when it is back.'
    answers = [
      () => Promise.reject(coded('away', undone)),
      () => Promise.reject(coded('unavailable', 'The disk is full.')),
    ]
    open()
    await beat()
    const words = 'Hookstage is away. This is read again by itself once it is back.'
    expect(told.at(-1)).toEqual({ value: null, problem: words, isGone: false })
    tellFacts(CHANGED)
    await beat()
    expect(told.at(-1)).toEqual({ value: null, problem: 'The disk is full.', isGone: false })
  })

  it('is gone once the core knows it no longer', async () => {
    answers = [async () => 1, () => Promise.reject(coded('not_found', 'It was deleted.'))]
    open()
    await beat()
    tellFacts(CHANGED)
    await beat()
    expect(told.at(-1)).toEqual({ value: null, problem: 'It was deleted.', isGone: true })
  })

  it('keeps what was known of it before it is read otherwise', async () => {
    answers = [() => Promise.reject(coded('unavailable', 'Hookstage is away.'))]
    open({ before: { value: 7, problem: null, isGone: false } })
    await beat()
    expect(told).toEqual([{ value: 7, problem: 'Hookstage is away.', isGone: false }])
  })

  it('is read once more only after a failure, where it stays as it is', async () => {
    answers = [() => Promise.reject(coded('unavailable', 'Away.')), async () => 1]
    open({ concerns: isToBeTriedAgain })
    await beat()
    for (let times = 0; times < 3; times += 1) {
      tellFacts([{ kind: 'status.changed' }])
      await beat()
    }
    expect(told.map(({ value }) => value)).toEqual([null, 1])
  })

  it('tells nothing once it is stopped, and ends what it asked', async () => {
    let signal: AbortSignal | undefined
    let answer = (_: number) => {}
    const stop = open({
      read: (given) => {
        signal = given
        return new Promise((resolve) => {
          answer = resolve
        })
      },
    })
    await beat()
    stop()
    expect(signal?.aborted).toBe(true)
    answer(1)
    tellFacts(CHANGED)
    await beat()
    expect(told).toEqual([])
  })
})
