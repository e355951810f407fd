/** The last requests that a receiver got, in memory: bounded in number and in bytes. */

/** A request as it came in. */
export interface RawRequest {
  /** Counts from 1 with every request since the start. */
  readonly id: number
  readonly receivedAtMs: number
  /** Request line and headers, exactly, but for the values of cookies. */
  readonly head: Uint8Array
  /** Chunk framing removed, content coding kept. */
  readonly body: Uint8Array
  /** How much there was in all; more than `body` holds when it was cut. */
  readonly bodyBytes: number
}

export interface RecentRequests {
  add(request: Omit<RawRequest, 'id'>): void
  /** Newest first. */
  list(): RawRequest[]
  /** All since the start, also those that are no longer kept. */
  count(): number
}

const MAX_REQUESTS = 100
const MAX_BYTES = 64 * 1024 * 1024

export function createRecentRequests(): RecentRequests {
  /** Oldest first. */
  const kept: RawRequest[] = []
  let bytes = 0
  let count = 0
  const sizeOf = ({ head, body }: RawRequest) => head.length + body.length
  return {
    add: (received) => {
      count += 1
      const request = { id: count, ...received }
      kept.push(request)
      bytes += sizeOf(request)
      while (kept.length > MAX_REQUESTS || (bytes > MAX_BYTES && kept.length > 1)) {
        const oldest = kept.shift()
        if (oldest) bytes -= sizeOf(oldest)
      }
    },
    list: () => kept.toReversed(),
    count: () => count,
  }
}
