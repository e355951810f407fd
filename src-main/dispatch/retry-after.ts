/** `Retry-After` of a recorded response head (RFC 9110, 10.2.3): whole seconds, or a date. */

import { headerValue, readHead } from '../encode/index.ts'

/** @returns ms from `nowMs`, 0 for a date that has passed; null when there is none or it is neither */
export function retryAfterMs(head: Uint8Array, nowMs: number): number | null {
  const value = headerValue(readHead(head), 'retry-after')
  if (!value) return null
  if (/^\d{1,10}$/.test(value)) return Number(value) * 1000
  const dateMs = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(dateMs) ? null : Math.max(dateMs - nowMs, 0)
}
