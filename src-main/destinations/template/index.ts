/**
 * A template of the user's own: from an event to a body, or to what is wrong and where. Faults are
 * told in the user's words, at their line; none of LiquidJS's own errors leaves this folder.
 */
import type { FieldProblem } from '#contract'
import { JsonFault, parseJsonText, positionOf } from '../../encode/index.ts'
import { AppError } from '../../errors.ts'
import { type Mark, type ParsedTemplate, parseTemplate, TooMuch } from './liquid.ts'

export { builtInTemplate } from './built-in.ts'

type Place = NonNullable<FieldProblem['place']>

/** Templates in use; parsing one takes longer than rendering it. */
const parsed = new Map<string, ParsedTemplate>()
const MOST_PARSED = 50

/** What stands against a template before it has seen an event. */
export function templateProblems(text: string): FieldProblem[] {
  if (text.trim() === '') return [problem('The template is empty. Start from the built-in one.')]
  try {
    parse(text)
    return []
  } catch (error) {
    return [faultOf(error)]
  }
}

/**
 * The template's output, which is JSON.
 * @throws AppError `invalid` with the problem of the field `template`
 */
export function renderTemplate(text: string, event: object): string {
  const [empty] = text.trim() === '' ? templateProblems(text) : []
  if (empty) throw refused(empty)
  try {
    const output = parse(text).render(event)
    parseJsonText(output)
    return output
  } catch (error) {
    throw refused(error instanceof JsonFault ? notJson(text, event, error) : faultOf(error))
  }
}

function parse(text: string): ParsedTemplate {
  const known = parsed.get(text)
  if (known) return known
  const template = parseTemplate(text)
  if (parsed.size >= MOST_PARSED) parsed.clear()
  parsed.set(text, template)
  return template
}

function refused(found: FieldProblem): AppError {
  return new AppError('invalid', `The template fails: ${found.message}`, [found])
}

function problem(message: string, place?: Place): FieldProblem {
  return { field: 'template', severity: 'error', message, ...(place ? { place } : {}) }
}

/** Where in the template the output stops being JSON. */
function notJson(text: string, event: object, { offset, detail }: JsonFault): FieldProblem {
  const marks: Mark[] = []
  parse(text).render(event, marks)
  const mark = marks.findLast(({ at }) => at <= offset)
  const begin = mark ? mark.begin + (mark.isText ? offset - mark.at : 0) : 0
  const place = positionOf(text, Math.min(begin, text.length))
  return problem(`Line ${place.line} makes no JSON: ${detail}.`, place)
}

interface Fault {
  readonly message: string
  readonly token?: { getPosition(): number[] }
  readonly originalError?: unknown
}

function faultOf(error: unknown): FieldProblem {
  const cause = error instanceof Error && 'originalError' in error ? error.originalError : error
  if (cause instanceof TooMuch || error instanceof TooMuch) return problem(TOO_MUCH)
  if (!isFault(error)) throw error
  const [line, column] = error.token?.getPosition() ?? []
  const place = line !== undefined && column !== undefined ? { line, column } : null
  const raw = isFault(error.originalError) ? error.originalError.message : error.message
  const words = inWords(raw.replace(/, (file:[^,]*|line:\d+, col:\d+)/g, '').trim())
  return place ? problem(`Line ${place.line}: ${words}`, place) : problem(words)
}

function isFault(error: unknown): error is Fault {
  return typeof error === 'object' && error !== null && 'message' in error
}

const TOO_MUCH = 'It makes too much: a loop goes on too long, or what it makes is too large.'

const WORDS_OF: readonly (readonly [pattern: RegExp, words: (part: string) => string])[] = [
  [
    /^undefined variable: (.+)$/,
    (name) => `the event has no ${name}. Where it may be missing, write | default: "".`,
  ],
  [/^undefined filter: (.+)$/, (name) => `there is no filter ${name}.`],
  [/^tag "?([^"]+?)"? not found$/, (name) => `there is no tag ${name}.`],
  [/^tag (.+) not closed$/, (tag) => `${tag} is not closed.`],
  [/^output "?(.+?)"? not closed$/s, () => 'an output is not closed: }} is missing.'],
  [/(memory alloc|template render|parse length) limit exceeded/, () => lowered(TOO_MUCH)],
]

function inWords(message: string): string {
  for (const [pattern, words] of WORDS_OF) {
    const found = pattern.exec(message)
    if (found) return words(found[1] ?? '')
  }
  return `${lowered(message).replace(/\.$/, '')}.`
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
