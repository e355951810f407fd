/** Where a form that was refused says so: beside the fields it is about, and at its foot what has none. */
import type { Fault } from '../state/core.ts'

export interface FormFault {
  /** What stands against a field, or a part of it. */
  of(field: string): string | undefined
  /** Null where all of it stands beside fields. */
  readonly foot: string | null
}

/** @param hasField whether the form shows what is wrong with a field beside it */
export function formFault(fault: Fault | null, hasField: (field: string) => boolean): FormFault {
  const problems = fault?.problems ?? []
  const homeless = problems.filter(({ field }) => !hasField(field))
  const words = problems.length === 0 ? fault?.message : homeless.map(({ message }) => message)[0]
  return {
    of: (field) =>
      problems.find((each) => each.field === field || each.field.startsWith(`${field}.`))?.message,
    foot: words ?? null,
  }
}
