/**
 * What the core takes from the world besides files and sockets: time, identifiers, randomness.
 * Passed in everywhere, so that tests decide them.
 */
import { randomBytes, randomInt } from 'node:crypto'

export interface Runtime {
  /** Wall clock, ms since 1970. */
  nowMs(): number
  /** Monotonic, ms with fractions; only differences mean anything. */
  monotonicMs(): number
  /** `prefix_` and 26 Crockford base32 characters that sort by time of creation. */
  newId(prefix: string): string
  /** An integer from 0 up to, not including, `limit`. */
  randomInt(limit: number): number
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID (github.com/ulid/spec): 48 bits of time, 80 of randomness. */
function ulid(timeMs: number, random: Uint8Array): string {
  let text = ''
  for (let rest = timeMs, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) {
    text = CROCKFORD.charAt(rest % 32) + text
  }
  for (let i = 0; i < 16; i++) text += CROCKFORD.charAt((random[i] ?? 0) % 32)
  return text
}

export function createRuntime(): Runtime {
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    newId: (prefix) => `${prefix}_${ulid(Date.now(), randomBytes(16))}`,
    randomInt: (limit) => randomInt(limit),
  }
}
