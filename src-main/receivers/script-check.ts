/** What stands against an answer script. */
import {
  type AnswerScript,
  type AnswerStep,
  type FieldProblem,
  MAX_ANSWER_BODY_CHARACTERS,
  MAX_ANSWER_DELAY_MS,
  MAX_ANSWER_STEPS,
  MAX_ANSWER_TIMES,
} from '#contract'
import { headerFault } from '../encode/index.ts'

/** Fields: `steps`, `steps.<index>.<part>`, with `headers.<index>` for a header. */
export function scriptProblems({ steps }: AnswerScript): FieldProblem[] {
  if (steps.length > MAX_ANSWER_STEPS) {
    return [problem('steps', `A script has at most ${MAX_ANSWER_STEPS} steps.`)]
  }
  return steps.flatMap((step, index) => stepProblems(step, `steps.${index}`))
}

function stepProblems(step: AnswerStep, at: string): FieldProblem[] {
  const minutes = MAX_ANSWER_DELAY_MS / 60_000
  const common = [
    ...(within(step.delayMs, 0, MAX_ANSWER_DELAY_MS)
      ? []
      : [problem(`${at}.delayMs`, `The delay is from 0 s to ${minutes} min.`)]),
    ...(Number.isInteger(step.times) && within(step.times, 1, MAX_ANSWER_TIMES)
      ? []
      : [problem(`${at}.times`, `A step answers from once to ${MAX_ANSWER_TIMES} times.`)]),
  ]
  if (step.kind !== 'answer') return common
  return [
    ...common,
    ...(Number.isInteger(step.status) && within(step.status, 200, 599)
      ? []
      : [problem(`${at}.status`, 'A status is a whole number from 200 to 599.')]),
    ...(step.dripMs === null || within(step.dripMs, 1, MAX_ANSWER_DELAY_MS)
      ? []
      : [problem(`${at}.dripMs`, `The body may take up to ${minutes} min.`)]),
    ...(step.body.length <= MAX_ANSWER_BODY_CHARACTERS
      ? []
      : [problem(`${at}.body`, 'The body is longer than a million characters. Shorten it.')]),
    ...step.headers.flatMap(({ name, value }, index) => {
      const fault = answerHeaderFault(name, value)
      return fault === null ? [] : [problem(`${at}.headers.${index}`, fault)]
    }),
  ]
}

/** Of an answer Hookstage manages less than of a request: what frames the body, and the connection. */
const FRAMING = /^(content-length|transfer-encoding|connection|keep-alive|upgrade|trailer)$/i
const OPEN_HERE = /^(host|content-type|expect|te)$/i

function answerHeaderFault(name: string, value: string): string | null {
  if (FRAMING.test(name.trim())) return `Hookstage sets ${name.trim()} itself.`
  return headerFault(OPEN_HERE.test(name.trim()) ? 'X' : name, value)?.message ?? null
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}

function problem(field: string, message: string): FieldProblem {
  return { field, severity: 'error', message }
}
