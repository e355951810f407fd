/**
 * The one error that services throw at a caller: a command that was refused, with a message for the
 * user. Whatever else is thrown is a bug of ours and reaches the renderer as `internal`.
 */
import type { ErrorCode, FieldProblem } from '#contract'

export class AppError extends Error {
  readonly code: Exclude<ErrorCode, 'internal'>
  readonly problems: readonly FieldProblem[]

  constructor(
    code: Exclude<ErrorCode, 'internal'>,
    message: string,
    problems: readonly FieldProblem[] = [],
  ) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.problems = problems
  }
}

/** The compiler's proof that a closed union was handled whole. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
