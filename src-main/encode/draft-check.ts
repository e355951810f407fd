/** What stands against saving a webhook, and what will happen if it is sent as it is. */
import {
  catalogueEntry,
  type FieldProblem,
  MAX_TEMPLATE_CHARACTERS,
  MAX_TIMEOUT_MS,
  MIN_TIMEOUT_MS,
  type TargetCondition,
  type WebhookDraft,
} from '#contract'
import { endpointFault, hasFragment } from './endpoint.ts'
import { headerFault } from './headers.ts'
import { retryProblems } from './retry-check.ts'

/** The texts of a draft as they go over the wire. */
export interface DraftTexts {
  readonly endpoint: string
  /** By row id. */
  readonly headers: ReadonlyMap<string, string>
}

const FIX_LABELS = {
  move_credentials_to_header: 'Send as Authorization header',
  remove_header: 'Remove this header',
  trim: 'Remove the spaces',
} as const

const MAX_NAME_CHARACTERS = 500
export const MAX_WORD_CHARACTERS = 1024
/** No server takes an address or a header that is longer. */
export const MAX_LINE_CHARACTERS = 65_536

/** Errors block saving; warnings do not. Fields are named as FieldProblem says. */
export function checkDraft(draft: WebhookDraft, texts: DraftTexts): FieldProblem[] {
  return [
    ...lengthProblems('name', draft.name, MAX_NAME_CHARACTERS),
    ...endpointProblems(texts.endpoint),
    ...draft.headers.flatMap(({ rowId, name }) =>
      headerProblems(rowId, name, texts.headers.get(rowId) ?? ''),
    ),
    ...formFieldProblems(draft),
    ...lengthProblems('template', draft.template, MAX_TEMPLATE_CHARACTERS),
    ...timeoutProblems(draft.timeoutMs),
    ...retryProblems(draft.retry),
    ...(catalogueEntry(draft.event).type === 'attendee'
      ? draft.target.conditions.flatMap(conditionProblems)
      : []),
  ]
}

function problem(
  field: string,
  message: string,
  fix?: keyof typeof FIX_LABELS,
  severity: FieldProblem['severity'] = 'error',
): FieldProblem {
  return {
    field,
    severity,
    message,
    ...(fix ? { fix: { action: fix, label: FIX_LABELS[fix] } } : {}),
  }
}

/** One error where a text is longer than what may be saved. */
export function lengthProblems(field: string, text: string, most: number): FieldProblem[] {
  if (text.length <= most) return []
  return [
    problem(field, `This is longer than ${most.toLocaleString('en')} characters. Shorten it.`),
  ]
}

function endpointProblems(url: string): FieldProblem[] {
  const [length] = lengthProblems('endpoint', url, MAX_LINE_CHARACTERS)
  if (length) return [length]
  const fault = endpointFault(url)
  if (fault) return [problem('endpoint', fault.message, fault.fix)]
  return hasFragment(url)
    ? [problem('endpoint', 'What follows # is never sent.', undefined, 'warning')]
    : []
}

function headerProblems(rowId: string, name: string, value: string): FieldProblem[] {
  const [length] = [
    ...lengthProblems(`headers.${rowId}.name`, name, MAX_WORD_CHARACTERS),
    ...lengthProblems(`headers.${rowId}.value`, value, MAX_LINE_CHARACTERS),
  ]
  if (length) return [length]
  const fault = headerFault(name, value)
  if (!fault) return []
  return [problem(`headers.${rowId}.${fault.part}`, fault.message, fault.fix)]
}

function formFieldProblems({ contentType, formEncoding, formField }: WebhookDraft): FieldProblem[] {
  const used = contentType === 'application/x-www-form-urlencoded' && formEncoding === 'payload'
  if (!used) return []
  if (formField.trim() === '') {
    return [
      problem('formField', 'Name the field that holds the JSON; receivers usually expect payload.'),
    ]
  }
  const [length] = lengthProblems('formField', formField, MAX_WORD_CHARACTERS)
  if (length) return [length]
  return formField === formField.trim()
    ? []
    : [problem('formField', 'The spaces around the name are sent with it.', 'trim', 'warning')]
}

function timeoutProblems(timeoutMs: number): FieldProblem[] {
  return timeoutMs < MIN_TIMEOUT_MS || timeoutMs > MAX_TIMEOUT_MS
    ? [problem('timeoutMs', 'Choose a timeout from 1 to 120 seconds.')]
    : []
}

function conditionProblems(condition: TargetCondition, index: number): FieldProblem[] {
  const field = `target.${index}`
  if (condition.field.trim() === '') return [problem(field, 'Choose what this condition looks at.')]
  const texts = [condition.field, ...condition.values]
  const [length] = texts.flatMap((text) => lengthProblems(field, text, MAX_WORD_CHARACTERS))
  if (length) return [length]
  const values = condition.values.filter((value) => value.trim() !== '')
  return condition.operator !== 'exists' && values.length === 0
    ? [problem(field, 'Enter a value to compare with, or remove the condition.')]
    : []
}
