/**
 * What a call to the core can answer instead of its result: a closed set of codes, each with a
 * message for the user. Nothing else (no stack, no path) reaches the renderer.
 */
import { z } from 'zod'

/** Something about one field of a form: an error blocks saving, a warning says what will happen. */
export const fieldProblemSchema = z.object({
  /**
   * `endpoint`, `name`, `timeoutMs`, `headers.<rowId>.name`, `headers.<rowId>.value`,
   * `target.<index>`, `signing.secret`, `signing.secondSecret`, `signing.own.header` …
   */
  field: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  /** A way out that the form can offer as a button. */
  fix: z
    .object({
      action: z.enum(['move_credentials_to_header', 'remove_header', 'trim']),
      label: z.string(),
    })
    .optional(),
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
