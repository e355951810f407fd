/**
 * Which differences do not count. A rule names a header, `*` standing for any characters, or a path
 * in a body: segments between dots, `*` for one of them and `**` for any number. What lies below a
 * path is meant, too; a list's index is a segment.
 */
import type { CompareRule } from '#contract'

/** Each answers the rule that holds, or null. */
export interface Rules {
  header(name: string): string | null
  path(segments: readonly string[]): string | null
}

export function createRules(rules: readonly CompareRule[]): Rules {
  const active = rules.filter(({ isOn, pattern }) => isOn && pattern.trim() !== '')
  const headers = active.flatMap(({ id, kind, pattern }) =>
    kind === 'header' ? [{ id, isMeant: headerPattern(pattern) }] : [],
  )
  const paths = active.flatMap(({ id, kind, pattern }) =>
    kind === 'path' ? [{ id, wanted: segmentsOf(pattern) }] : [],
  )
  return {
    header: (name) => headers.find(({ isMeant }) => isMeant.test(name))?.id ?? null,
    path: (segments) => paths.find(({ wanted }) => covers(wanted, segments))?.id ?? null,
  }
}

function headerPattern(pattern: string): RegExp {
  const parts = pattern.trim().split('*').map(escaped)
  return new RegExp(`^${parts.join('.*')}$`, 'i')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** `items[0].id` is `items.0.id`; a leading `$.` is dropped. */
function segmentsOf(pattern: string): string[] {
  return pattern
    .trim()
    .replace(/^\$\.?/, '')
    .replace(/\[(\d+|\*)\]/g, '.$1')
    .split('.')
    .filter((segment) => segment !== '')
}

/** As many as there are bits to keep track of them with; a longer rule holds for nothing. */
const MAX_SEGMENTS = 30

/** Whether a path is the wanted one, or below it. A bit stands for each beginning that fits so far. */
function covers(wanted: readonly string[], segments: readonly string[]): boolean {
  if (wanted.length === 0 || wanted.length > MAX_SEGMENTS) return false
  const whole = 1 << wanted.length
  let reached = withEmpty(wanted, 1)
  for (const segment of segments) {
    if (reached & whole) return true
    let next = 0
    for (let at = 0; at < wanted.length; at++) {
      if ((reached & (1 << at)) === 0) continue
      const pattern = wanted[at]
      if (pattern === '**') next |= 1 << at
      else if (pattern === '*' || pattern === segment) next |= 1 << (at + 1)
    }
    if (next === 0) return false
    reached = withEmpty(wanted, next)
  }
  return (reached & whole) !== 0
}

/** `**` may stand for nothing. */
function withEmpty(wanted: readonly string[], reached: number): number {
  let all = reached
  wanted.forEach((pattern, at) => {
    if (pattern === '**' && all & (1 << at)) all |= 1 << (at + 1)
  })
  return all
}
