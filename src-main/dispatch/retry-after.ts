/** `Retry-After` of a recorded response head (RFC 9110, 10.2.3): whole seconds, or a date. */

/** @returns ms from `nowMs`, 0 for a date that has passed; null when there is none or it is neither */
export function retryAfterMs(head: Uint8Array, nowMs: number): number | null {
  // The last head is the answer's own; interim heads stand before it.
  const text = Buffer.from(head).toString('latin1')
  const last = text.slice(text.trimEnd().lastIndexOf('\r\n\r\n') + 1)
  const value = /\r\nretry-after:[ \t]*([^\r\n]*)/i.exec(last)?.[1]?.trim()
  if (!value) return null
  if (/^\d{1,10}$/.test(value)) return Number(value) * 1000
  const dateMs = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(dateMs) ? null : Math.max(dateMs - nowMs, 0)
}
