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
  /** Calls back once, after so many ms; never throws. Answers how to call it off. */
  after(ms: number, call: () => void): () => void
  /** An integer from 0 up to, not including, `limit`. */
  randomInt(limit: number): number
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LENGTH = 10
const RANDOM_LENGTH = 16

/**
 * ULIDs (github.com/ulid/spec): 48 bits of time, 80 of randomness. Within a millisecond, or when the
 * clock goes back, the last one is counted up, so that they sort in the order in which they were made.
 */
function createUlids(): () => string {
  let lastMs = 0
  let digits: number[] = []

  function countUp() {
    for (let i = RANDOM_LENGTH - 1; i >= 0; i--) {
      const next = ((digits[i] ?? 0) + 1) % 32
      digits[i] = next
      if (next !== 0) return
    }
  }

  return () => {
    const nowMs = Date.now()
    if (nowMs > lastMs) {
      lastMs = nowMs
      digits = Array.from(randomBytes(RANDOM_LENGTH), (byte) => byte % 32)
    } else countUp()
    let text = ''
    for (let rest = lastMs, i = 0; i < TIME_LENGTH; i++, rest = Math.floor(rest / 32)) {
      text = CROCKFORD.charAt(rest % 32) + text
    }
    return text + digits.map((digit) => CROCKFORD.charAt(digit)).join('')
  }
}

export function createRuntime(): Runtime {
  const ulid = createUlids()
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    newId: (prefix) => `${prefix}_${ulid()}`,
    after: (ms, call) => {
      const timer = setTimeout(call, ms)
      return () => clearTimeout(timer)
    },
    randomInt: (limit) => randomInt(limit),
  }
}
