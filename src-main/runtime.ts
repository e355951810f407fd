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
const RANDOM_LENGTH = 11
/** The last characters are a number that is counted up, in the lower half of what it can be at first. */
const COUNTER_LENGTH = 5
const COUNTERS = 32 ** COUNTER_LENGTH

/**
 * ULIDs (github.com/ulid/spec): 48 bits of time, 80 of randomness. Within a millisecond, or when the
 * clock goes back, the last one is counted up, so that they sort in the order in which they were made.
 */
function createUlids(): () => string {
  let lastMs = 0
  /** All but the counter. */
  let head = ''
  let counter = COUNTERS
  /** All but the last character of ids whose counter begins so. */
  let beforeLast = ''
  let before = -1

  return () => {
    const nowMs = Date.now()
    if (nowMs > lastMs || counter === COUNTERS) {
      lastMs = Math.max(nowMs, lastMs + 1)
      const random = Array.from(randomBytes(RANDOM_LENGTH), (byte) => CROCKFORD.charAt(byte % 32))
      head = base32(lastMs, TIME_LENGTH) + random.join('')
      counter = randomInt(COUNTERS / 2)
      before = -1
    }
    const [most, last] = [Math.floor(counter / 32), counter % 32]
    if (most !== before) {
      beforeLast = head + base32(most, COUNTER_LENGTH - 1)
      before = most
    }
    counter += 1
    return beforeLast + CROCKFORD.charAt(last)
  }
}

function base32(value: number, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) {
    text = CROCKFORD.charAt(rest % 32) + text
  }
  return text
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
