/** Comparisons of messages that tests write down, run to their end at once. */
import { type CompareRule, type Comparison, DEFAULT_COMPARE_RULES } from '#contract'
import { compareMessages } from '../../src-main/compare/index.ts'

export interface WrittenMessage {
  readonly head?: string
  readonly body: string | Buffer
}

interface HowCompared {
  readonly rules?: readonly CompareRule[]
  readonly withEqual?: boolean
  readonly secrets?: readonly string[]
}

export type Compared = Pick<Comparison, 'startLine' | 'headers' | 'body'>

const JSON_HEAD = 'POST / HTTP/1.1\r\nContent-Type: application/json\r\n\r\n'
export const FORM_HEAD =
  'POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n'

export function compared(
  left: WrittenMessage,
  right: WrittenMessage,
  { rules = [], withEqual = false, secrets = [] }: HowCompared = {},
): Compared {
  return finished(compareMessages(bytesOf(left), bytesOf(right), { rules, withEqual, secrets }))
}

/** With the rules that a workspace begins with. */
export function comparedByDefault(left: WrittenMessage, right: WrittenMessage): Compared {
  return compared(left, right, { rules: DEFAULT_COMPARE_RULES })
}

export function finished<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

function bytesOf({ head = JSON_HEAD, body }: WrittenMessage) {
  return { head: Buffer.from(head, 'latin1'), body: Buffer.from(body) }
}

/** `label: left → right`, with – where there is nothing. */
export function linesOf({ rows }: Compared['body']): string[] {
  return rows.map(({ left, right, ruleId, isEqual }) => {
    const labels = [...new Set([left?.label, right?.label])].filter((label) => label !== undefined)
    const mark = isEqual ? '= ' : ruleId === null ? '' : '~ '
    return `${mark}${labels.join(' / ')}: ${left?.text ?? '–'} → ${right?.text ?? '–'}`
  })
}
