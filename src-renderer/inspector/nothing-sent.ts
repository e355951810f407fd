/** Why there are no bytes of a request to show. */
import type { DeliveryStatus } from '#contract'

export function nothingSentInWords(status: DeliveryStatus): string {
  if (status === 'queued' || status === 'waiting') {
    return 'Nothing has been sent yet: the delivery waits for its turn.'
  }
  if (status === 'sending') {
    return 'It is under way. What was sent shows when the attempt has ended.'
  }
  return status === 'interrupted'
    ? 'Hookstage ended while it was under way. What was sent until then was not recorded.'
    : 'Nothing was sent.'
}
