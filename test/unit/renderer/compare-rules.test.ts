/** Changes to the rules by which differences are ignored, and their inverses. */
import { beforeEach, describe, expect, it } from 'vitest'
import { type CompareRule, DEFAULT_COMPARE_RULES, DEFAULT_SETTINGS, type Settings } from '#contract'
import {
  compareRules,
  ignoring,
  removing,
  resetting,
  whyNot,
} from '../../../src-renderer/state/compare-rules.ts'
import { openCore } from '../../../src-renderer/state/core.ts'
import { useSettings } from '../../../src-renderer/state/settings.ts'

const rule = (kind: CompareRule['kind'], pattern: string, isOn = true): CompareRule => ({
  id: `${kind}:${pattern}`,
  kind,
  pattern,
  isOn,
})
const [X, Y, Z] = [rule('path', 'x'), rule('path', 'y'), rule('path', 'z')]

describe('ignoring', () => {
  it('turns a rule on that is there, and adds one that is not', () => {
    const off = rule('header', 'User-Agent', false)
    expect(ignoring('header', ' user-agent ')([off]).rules).toEqual([{ ...off, isOn: true }])
    expect(ignoring('path', 'x')([off]).rules).toEqual([off, X])
  })

  it('tells paths apart by their case, as the core does', () => {
    expect(ignoring('path', 'X')([X]).rules).toEqual([X, rule('path', 'X')])
  })

  it('gives long patterns that begin alike ids of their own', () => {
    const patterns = ['a', 'b', 'c'].map((end) => `${'data.'.repeat(30)}${end}`)
    const rules = patterns.reduce<readonly CompareRule[]>(
      (before, pattern) => ignoring('path', pattern)(before).rules,
      [],
    )
    const ids = rules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThanOrEqual(100)
  })
})

describe('what cannot be added', () => {
  it('is nothing at all, and a rule that is on already, in words', () => {
    const off = rule('header', 'User-Agent', false)
    expect(whyNot([off], 'header', ' ')).toMatch(/name of a header/)
    expect(whyNot([off], 'path', '')).toMatch(/path/)
    expect(whyNot([{ ...off, isOn: true }], 'header', ' user-agent')).toMatch(/already/)
    expect(whyNot([off], 'header', 'User-Agent')).toBeNull()
    expect(whyNot([X], 'path', 'X')).toBeNull()
  })
})

describe('taking back', () => {
  it('takes back the one rule, and leaves what came after it', () => {
    const { inverse } = ignoring('path', 'x')([Z])
    expect(inverse([Z, X, Y])).toEqual([Z, Y])
  })

  it('turns off again what was turned on, and brings back in its place what was removed', () => {
    const off = { ...X, isOn: false }
    expect(ignoring('path', 'x')([off]).inverse([X, Y])).toEqual([off, Y])
    expect(removing(Y.id)([X, Y, Z]).inverse([X, Z])).toEqual([X, Y, Z])
  })

  it('brings back what was there before the first rules, and keeps what was added to those', () => {
    const { rules, inverse } = resetting([X])
    expect(rules).toEqual(DEFAULT_COMPARE_RULES)
    expect(inverse([...DEFAULT_COMPARE_RULES, Y])).toEqual([X, Y])
  })
})

describe('saving', () => {
  let stored: Settings
  let failure: Error | null

  beforeEach(() => {
    failure = null
    stored = { ...DEFAULT_SETTINGS, compareRules: [Z] }
    useSettings.setState({ settings: stored })
    const settings = {
      update: async (change: Partial<Settings>) => {
        if (failure) throw failure
        stored = { ...stored, ...change }
        return stored
      },
    }
    openCore({ settings } as unknown as Parameters<typeof openCore>[0])
  })

  it('makes changes one after the other, and takes back the first alone', async () => {
    const [takeBackX] = await Promise.all([
      compareRules.ignore('path', 'x'),
      compareRules.ignore('path', 'y'),
    ])
    expect(stored.compareRules).toEqual([Z, X, Y])
    await takeBackX()
    expect(stored.compareRules).toEqual([Z, Y])
  })

  it('fails when the core could not be told, and goes on afterwards', async () => {
    failure = new Error('away')
    await expect(compareRules.remove(Z.id)).rejects.toThrow('away')
    expect(stored.compareRules).toEqual([Z])
    failure = null
    await compareRules.remove(Z.id)
    expect(stored.compareRules).toEqual([])
  })
})
