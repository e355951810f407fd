/**
 * What a call to the core can answer instead of its result: a closed set of codes, each with a
 * message for the user. Nothing else (no stack, no path) reaches the renderer.
 */
import { z } from 'zod'
import { messageFormatSchema } from './message.ts'

const label = z.string()
const problemFixSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('move_credentials_to_header'), label }),
  z.object({ action: z.literal('remove_header'), label }),
  z.object({ action: z.literal('trim'), label }),
  /** Another message format, and the content type that goes with it. */
  z.object({ action: z.literal('use_format'), label, format: messageFormatSchema }),
  z.object({ action: z.literal('use_json'), label }),
])

/** Something about one field of a form: an error blocks saving, a warning says what will happen. */
export const fieldProblemSchema = z.object({
  /**
   * `endpoint`, `name`, `timeoutMs`, `headers.<rowId>.name`, `headers.<rowId>.value`,
   * `target.<index>`, `template`, `signing.secret`, `signing.secondSecret`, `signing.own.header` …
   */
  field: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  /** Where in the field's text, both from 1; columns count UTF-16 code units. */
  place: z.object({ line: z.number().int(), column: z.number().int() }).optional(),
  /** A way out that the form can offer as a button. */
  fix: problemFixSchema.optional(),
})
export type FieldProblem = z.infer<typeof fieldProblemSchema>

export const ERROR_CODES = ['invalid', 'not_found', 'conflict', 'unavailable', 'internal'] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** The errors every call may answer with, in oRPC's shape. */
export const commonErrors = {
  invalid: { status: 422, data: z.object({ problems: z.array(fieldProblemSchema) }) },
  not_found: { status: 404 },
  conflict: { status: 409 },
  unavailable: { status: 503 },
  /** `id` stands in the log beside the cause. */
  internal: { status: 500, data: z.object({ id: z.string() }) },
} as const
