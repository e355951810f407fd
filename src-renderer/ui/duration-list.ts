/** Waits as people type them: `5 s, 30 s, 2 min, 1 h`; a bare number means seconds. */

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

export type ParsedWaits =
  | { readonly delaysMs: readonly number[] }
  /** What of the text is not a wait. */
  | { readonly wrong: string }

export function parseWaits(text: string): ParsedWaits {
  const delaysMs: number[] = []
  for (const part of text.split(/[,;\n]/).map((each) => each.trim())) {
    if (part === '') continue
    const ms = waitOf(part)
    if (ms === null) return { wrong: part }
    delaysMs.push(ms)
  }
  return { delaysMs }
}

/** `1 h 30 min` counts as one. */
function waitOf(part: string): number | null {
  const pieces = [...part.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/gi)]
  if (pieces.length === 0 || part.replace(/(\d+(?:\.\d+)?)\s*([a-z]*)\s*/gi, '') !== '') return null
  let total = 0
  for (const [, number = '', unit = ''] of pieces) {
    const unitMs = UNITS_MS[unit.toLowerCase() || 's']
    if (unitMs === undefined || (unit === '' && pieces.length > 1)) return null
    total += Number(number) * unitMs
  }
  return Math.round(total)
}
