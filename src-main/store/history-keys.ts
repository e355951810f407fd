/** How an attempt is keyed: by its delivery's seq and its number, in one integer. */
import type { AttemptId, DeliveryId } from '#contract'

/** More attempts than any schedule makes. */
export const ATTEMPTS_PER_DELIVERY = 1024

export function attemptKey(deliverySeq: number, number: number): number {
  if (!isAttemptNumber(number)) throw new Error(`attempt number ${number}`)
  return deliverySeq * ATTEMPTS_PER_DELIVERY + number
}

/** The keys of a delivery's attempts lie between these two, both left out. */
export function attemptKeysOf(deliverySeq: number): [after: number, before: number] {
  return [deliverySeq * ATTEMPTS_PER_DELIVERY, (deliverySeq + 1) * ATTEMPTS_PER_DELIVERY]
}

export function attemptId(deliveryId: DeliveryId, number: number): AttemptId {
  return `${deliveryId}-${number}` as AttemptId
}

function isAttemptNumber(number: number): boolean {
  return number >= 1 && number < ATTEMPTS_PER_DELIVERY
}

/** Null when the text is not an attempt's id. */
export function splitAttemptId(id: AttemptId): { deliveryId: DeliveryId; number: number } | null {
  const [, deliveryId, digits] = /^(.+)-(\d{1,4})$/.exec(id) ?? []
  const number = Number(digits)
  return deliveryId && isAttemptNumber(number)
    ? { deliveryId: deliveryId as DeliveryId, number }
    : null
}
