/** How a bulk replay is sent in most tests: all of it, as it was received, to one place. */
import type { BulkManner } from '#contract'

export function asReceived(origin: string): BulkManner {
  return {
    kind: 'as_sent',
    target: { kind: 'url', url: { kind: 'plain', text: `${origin}/in` } },
    signing: null,
    keepsId: true,
    duplicates: 'all',
  }
}
