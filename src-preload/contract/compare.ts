/**
 * What is different between two recorded messages. Differences are found on the real bytes; what is
 * shown of them has its secrets masked, so that two sides may differ and look alike.
 */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { commonErrors } from './errors.ts'
import { attemptIdSchema, captureIdSchema, deliveryIdSchema } from './ids.ts'

/** What does not count as a difference. */
export const compareRuleSchema = z.object({
  id: z.string().min(1).max(100),
  kind: z.enum(['header', 'path']),
  /**
   * Of `header`: a name, in which `*` stands for any characters. Of `path`: a path in the body, with
   * `*` for one segment and `**` for any number; what is below it is meant, too.
   */
  pattern: z.string().max(300),
  isOn: z.boolean(),
})
export type CompareRule = z.infer<typeof compareRuleSchema>
export const compareRulesSchema = z.array(compareRuleSchema).max(200)

function rules(kind: CompareRule['kind'], isOn: boolean, patterns: readonly string[]) {
  return patterns.map((pattern): CompareRule => ({ id: `${kind}:${pattern}`, kind, pattern, isOn }))
}

/** Ids, times, signatures, and what belongs to a connection. */
export const DEFAULT_COMPARE_RULES: readonly CompareRule[] = [
  ...rules('header', true, [
    'Date',
    'webhook-id',
    'webhook-timestamp',
    '*-signature',
    '*-signature-256',
    'x-slack-request-timestamp',
    '*request-id',
    '*correlation-id',
    'traceparent',
    'tracestate',
    'Host',
    'Connection',
    'Keep-Alive',
    'Content-Length',
    'Transfer-Encoding',
  ]),
  ...rules('header', false, ['User-Agent']),
  ...rules('path', true, ['id', 'timestamp', '**.sentAt', '**.requestId']),
]

/** Something that was sent or received. */
export const comparePlaceSchema = z.discriminatedUnion('kind', [
  /** Its last attempt. */
  z.object({ kind: z.literal('delivery'), deliveryId: deliveryIdSchema }),
  z.object({ kind: z.literal('attempt'), attemptId: attemptIdSchema }),
  z.object({ kind: z.literal('capture'), captureId: captureIdSchema }),
])
export type ComparePlace = z.infer<typeof comparePlaceSchema>

/** Of a capture, `response` is what the receiver answered. */
export const comparePartSchema = z.enum(['request', 'response'])
export type ComparePart = z.infer<typeof comparePartSchema>

const sideSchema = z.object({
  /** A header's name, a path in the body, a line's number, an offset; secrets masked. */
  label: z.string(),
  /** Secrets masked; of a long text, what is around the first difference. */
  text: z.string(),
})

export const compareRowSchema = z.object({
  /** Null: there is nothing on this side. */
  left: sideSchema.nullable(),
  right: sideSchema.nullable(),
  isEqual: z.boolean(),
  /** The rule that makes the difference not count. */
  ruleId: z.string().nullable(),
  /** The sides differ in what is masked, or is left out of what is shown. */
  isHidden: z.boolean(),
})
export type CompareRow = z.infer<typeof compareRowSchema>

const sectionSchema = z.object({
  rows: z.array(compareRowSchema),
  /** Those that count. */
  differences: z.number().int(),
  /** Those that a rule takes out. */
  ignored: z.number().int(),
  /** Rows that there is no room for. */
  leftOut: z.number().int(),
})
export type CompareSection = z.infer<typeof sectionSchema>

const comparedSideSchema = z.object({
  /** Of the delivery or the capture. */
  id: z.string(),
  /** The webhook's name, or the receiver's request line; secrets masked. */
  title: z.string(),
  atMs: z.number(),
  /** False when there is no such message, as of a delivery without an answer. */
  isThere: z.boolean(),
  bodyBytes: z.number().int(),
  /** Only the beginning of the body was recorded. */
  isCut: z.boolean(),
})
export type ComparedSide = z.infer<typeof comparedSideSchema>

export const comparisonSchema = z.object({
  left: comparedSideSchema,
  right: comparedSideSchema,
  startLine: sectionSchema,
  headers: sectionSchema.extend({ isSameOrder: z.boolean() }),
  body: sectionSchema.extend({
    /** How it was compared. `same`: byte for byte; `none`: neither side has one. */
    kind: z.enum(['none', 'same', 'json', 'form', 'text', 'bytes']),
    /** Of `bytes`: how many are the same at the beginning and at the end. */
    run: z.object({ sameAtStart: z.number().int(), sameAtEnd: z.number().int() }).nullable(),
    note: z.string().nullable(),
  }),
})
export type Comparison = z.infer<typeof comparisonSchema>

const call = oc.errors(commonErrors)

export const compareCalls = {
  /** By the workspace's rules; `withEqual` answers with what is the same, too. */
  messages: call
    .input(
      z.object({
        left: comparePlaceSchema,
        right: comparePlaceSchema,
        part: comparePartSchema,
        withEqual: z.boolean(),
      }),
    )
    .output(comparisonSchema),
}
