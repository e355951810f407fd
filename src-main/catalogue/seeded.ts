/**
 * Randomness that a seed decides: the same seed gives the same choices on any machine. Integers
 * only, so that no rounding differs (mulberry32, public domain, by Tommy Ettinger).
 */

export interface Seeded {
  /** From `min` to `max`, both included. */
  int(min: number, max: number): number
  pick<const Items extends readonly [unknown, ...unknown[]]>(items: Items): Items[number]
  /** `count` different ones, or all there are, in random order. */
  some<T>(items: readonly T[], count: number): T[]
  /** One that is not `now`. @throws Error when there is none */
  other<T>(items: readonly T[], now: T): T
  /** True once in `n`. */
  oneIn(n: number): boolean
  /** `prefix_` and `length` Crockford base32 characters. */
  id(prefix: string, length?: number): string
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export function createSeeded(seed: number): Seeded {
  let state = seed >>> 0

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  const int = (min: number, max: number) => min + (next() % (max - min + 1))
  return {
    other: (items, now) => {
      const rest = items.filter((item) => item !== now)
      const chosen = rest.slice(int(0, Math.max(0, rest.length - 1)))[0]
      if (chosen === undefined) throw new Error('nothing else to choose')
      return chosen
    },
    int,
    pick: (items) => items[int(0, items.length - 1)] ?? items[0],
    some: (items, count) => {
      const rest = [...items]
      const chosen = []
      while (chosen.length < count && rest.length > 0) {
        chosen.push(...rest.splice(int(0, rest.length - 1), 1))
      }
      return chosen
    },
    oneIn: (n) => int(1, n) === 1,
    id: (prefix, length = 12) =>
      `${prefix}_${Array.from({ length }, () => CROCKFORD.charAt(int(0, 31))).join('')}`,
  }
}

/** Distinct streams for distinct purposes under one seed (FNV-1a). */
export function seedFor(purpose: string, seed: number): number {
  let hash = 0x811c9dc5
  for (const character of `${purpose}:${seed}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return hash
}

/** The id of a thing that is the same in every sample. */
export function idFor(prefix: string, name: string): string {
  return createSeeded(seedFor(`${prefix} ${name}`, 1)).id(prefix)
}
