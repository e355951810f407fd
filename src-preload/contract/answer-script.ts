/**
 * What a receiver answers: one step after another, as a rehearsal of an endpoint in trouble. Lax
 * where the user types; the core says what is wrong with it.
 */
import { z } from 'zod'
import { MAX_TYPED_CHARACTERS } from './secret.ts'

export const MAX_ANSWER_STEPS = 50
export const MAX_ANSWER_DELAY_MS = 10 * 60 * 1000
export const MAX_ANSWER_TIMES = 1_000
export const MAX_ANSWER_BODY_CHARACTERS = 1024 * 1024

const pace = {
  /** Before anything happens, once the request is in. */
  delayMs: z.number(),
  /** So many requests in a row get this step. */
  times: z.number(),
}

export const answerStepSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    ...pace,
    status: z.number(),
    /** In order, case kept, duplicates allowed. */
    headers: z
      .array(z.object({ name: z.string().max(1024), value: z.string().max(65_536) }))
      .max(100),
    body: z.string().max(MAX_TYPED_CHARACTERS),
    /** The body comes in small pieces over this time; null: at once. */
    dripMs: z.number().nullable(),
  }),
  /** The connection is closed without an answer. */
  z.object({ kind: z.literal('drop'), ...pace }),
  /** The connection is reset (RST) without an answer. */
  z.object({ kind: z.literal('reset'), ...pace }),
])
export type AnswerStep = z.infer<typeof answerStepSchema>

export const answerScriptSchema = z.object({
  steps: z.array(answerStepSchema).min(1).max(200),
  /** After the last step. */
  atEnd: z.enum(['repeat_last', 'start_over']),
})
export type AnswerScript = z.infer<typeof answerScriptSchema>

/** Which step answers the next request, from 0, and how often it has answered already. */
export const scriptPositionSchema = z.object({
  step: z.number().int(),
  done: z.number().int(),
})
export type ScriptPosition = z.infer<typeof scriptPositionSchema>

const PLAIN = { name: 'Content-Type', value: 'text/plain; charset=utf-8' }

/** One answer as plain text, once. */
export function textAnswer(
  status: number,
  body: string,
  change: Partial<Extract<AnswerStep, { kind: 'answer' }>> = {},
): AnswerStep {
  const { headers = [], ...rest } = change
  return {
    kind: 'answer',
    delayMs: 0,
    times: 1,
    status,
    body,
    dripMs: null,
    ...rest,
    headers: [PLAIN, ...headers],
  }
}

const OK = textAnswer(200, 'ok')
const after = (value: string) => ({ headers: [{ name: 'Retry-After', value }] })
const always = (...steps: AnswerStep[]): AnswerScript => ({ steps, atEnd: 'repeat_last' })
const round = (...steps: AnswerStep[]): AnswerScript => ({ steps, atEnd: 'start_over' })

export const OK_SCRIPT: AnswerScript = always(OK)

/** Scripts to start from. */
export const ANSWER_PRESETS: readonly { readonly label: string; readonly script: AnswerScript }[] =
  [
    { label: '200 OK', script: OK_SCRIPT },
    {
      label: 'Fail twice, then 200',
      script: round(textAnswer(503, 'Busy, try again.', { times: 2 }), OK),
    },
    {
      label: '503 with Retry-After, then 200',
      script: round(textAnswer(503, 'Down for five seconds.', after('5')), OK),
    },
    {
      label: '429 with Retry-After, then 200',
      script: round(textAnswer(429, 'Too many requests.', after('10')), OK),
    },
    { label: '500 always', script: always(textAnswer(500, 'Something broke.')) },
    { label: '410 Gone', script: always(textAnswer(410, 'Nobody listens here any more.')) },
    { label: 'Slow: 200 after 20 s', script: always(textAnswer(200, 'ok', { delayMs: 20_000 })) },
    {
      label: 'Drip: the body over 30 s',
      script: always(textAnswer(200, 'ok '.repeat(100), { dripMs: 30_000 })),
    },
    { label: 'Connection closed', script: always({ kind: 'drop', delayMs: 0, times: 1 }) },
    { label: 'Connection reset', script: always({ kind: 'reset', delayMs: 0, times: 1 }) },
  ]
