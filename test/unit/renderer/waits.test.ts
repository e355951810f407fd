/** Waits as they are typed and told. */
import { describe, expect, it } from 'vitest'
import { NO_RETRY } from '#contract'
import { parseWaits } from '../../../src-renderer/ui/duration-list.ts'
import { retryInWords, waitsInWords } from '../../../src-renderer/ui/retry-words.ts'
import { countdownWords } from '../../../src-renderer/ui/time.tsx'

describe('waits as typed', () => {
  it('have units, or mean seconds', () => {
    expect(parseWaits('5 s, 30s; 2 min\n1.5 h, 7, 1 d, 250 ms, 1 h 30 min')).toEqual({
      delaysMs: [5_000, 30_000, 120_000, 5_400_000, 7_000, 86_400_000, 250, 5_400_000],
    })
    expect(parseWaits(' , ')).toEqual({ delaysMs: [] })
  })

  it('say which part is none', () => {
    for (const wrong of ['soon', '5 x', '-5 s', '5 s 10', 'five s']) {
      const parsed = parseWaits(`1 s, ${wrong}, 2 s`)
      expect(parsed).toEqual({ wrong })
    }
  })
})

describe('waits as told', () => {
  it('are counted where they are equal, and cut where they are many', () => {
    expect(waitsInWords([100_000, 100_000, 100_000], 0)).toBe('3 times 1 min 40 s')
    expect(waitsInWords([5_000, 300_000], 0.2)).toBe('5 s, 5 min, spread by 20 %')
    const many = Array.from({ length: 60 }, (_, i) => (i + 1) * 1_000)
    expect(waitsInWords(many, 0)).toBe('1 s, 2 s, 3 s, 4 s, 5 s, …, 1 min (60 retries)')
  })

  it('fold into a few words', () => {
    expect(retryInWords(NO_RETRY)).toBe('not tried again')
    expect(retryInWords({ ...NO_RETRY, preset: 'svix' })).toBe('7 retries as Svix')
    expect(
      retryInWords({ preset: 'own', own: { ...NO_RETRY.own, kind: 'list', delaysMs: [1] } }),
    ).toBe('one retry')
  })

  it('count down to now', () => {
    expect(countdownWords(10_000, 9_001)).toBe('in 1 s')
    expect(countdownWords(260_000, 10_000)).toBe('in 4 min 10 s')
    expect(countdownWords(10_000, 10_000)).toBe('now')
  })
})
