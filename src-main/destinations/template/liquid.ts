/**
 * LiquidJS, locked down. A template is text of the user's own, but it may have come from elsewhere:
 * - it reads the event and nothing else: no files, no other templates, own members only;
 * - a field or filter that is not there is a fault, at its place; `default` and `if` may ask;
 * - what it may take in time, in memory and in output is bounded.
 * The only place that knows LiquidJS.
 */
import { type Context, type Emitter, Liquid, type Template } from 'liquidjs'
import { MAX_TEMPLATE_CHARACTERS } from '#contract'
import { slackText, teamsText, webexText } from '../escape.ts'
import { cut } from '../messages/clean-text.ts'
import { WORDS, type Word } from '../messages/words.ts'

const MOST_MS = 1_000
/** Things that filters make: list items and characters. */
const MOST_MADE = 10_000_000
const MOST_STEPS = 100_000
const MOST_OUTPUT = 4_000_000

/** Their place in the template is known. */
export interface Mark {
  /** Into the output. */
  readonly at: number
  /** Into the template. */
  readonly begin: number
  /** It is text of the template's own: what follows follows there as well. */
  readonly isText: boolean
}

export interface ParsedTemplate {
  /**
   * @param marks filled with where parts of the output come from
   * @throws Error of LiquidJS, or TooMuch
   */
  render(event: object, marks?: Mark[]): string
}

/** It took more than a template may. */
export class TooMuch extends Error {}

/** @throws Error of LiquidJS where it cannot be parsed */
export function parseTemplate(text: string): ParsedTemplate {
  const templates = LIQUID.parse(text)
  const watch: Watch = { steps: 0, written: 0, root: null, marks: null }
  watchAll(templates, watch)
  return {
    render: (event, marks) => {
      Object.assign(watch, { steps: 0, written: 0, root: null, marks: marks ?? null })
      try {
        return String(LIQUID.renderSync(templates, event))
      } finally {
        Object.assign(watch, { root: null, marks: null })
      }
    },
  }
}

/** Of one rendering. */
interface Watch {
  steps: number
  /** Characters of the template's own, in whatever is being put together. */
  written: number
  /** What becomes the output; captured text goes elsewhere first. */
  root: Emitter | null
  marks: Mark[] | null
}

const LIQUID = createLiquid()

function createLiquid(): Liquid {
  const liquid = new Liquid({
    templates: {},
    root: [],
    dynamicPartials: false,
    relativeReference: false,
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    timezoneOffset: 0,
    locale: 'en',
    parseLimit: MAX_TEMPLATE_CHARACTERS,
    renderLimit: MOST_MS,
    memoryLimit: MOST_MADE,
  })
  for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag]
  for (const [name, word] of Object.entries<Word>(WORDS)) liquid.registerFilter(name, word)
  const limited =
    (escaped: (text: string, limit: number) => string) => (value: unknown, limit: unknown) =>
      escaped(textOf(value), limitOf(limit))
  liquid.registerFilter('slack', limited(slackText))
  liquid.registerFilter('teams', limited(teamsText))
  liquid.registerFilter('webex', limited(webexText))
  liquid.registerFilter('cut', limited(cut))
  return liquid
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : ''
}

function limitOf(limit: unknown): number {
  return typeof limit === 'number' && limit >= 0 ? limit : MOST_OUTPUT
}

/** Each part says where its output begins, and counts, before it is rendered. */
function watchAll(templates: readonly Template[], watch: Watch): void {
  for (const template of templates) {
    const { token } = template
    const render = template.render.bind(template)
    const text = 'str' in template && typeof template.str === 'string' ? template.str : null
    const begin = token.begin + (text === null ? 0 : trimmed(token))
    template.render = (context: Context, emitter: Emitter): unknown => {
      watch.root ??= emitter
      watch.steps += 1
      watch.written += text?.length ?? 0
      if (watch.steps > MOST_STEPS || watch.written > MOST_OUTPUT) throw new TooMuch()
      // What is captured grows as well, twice as long with each turn of a loop.
      if (emitter.buffer.length > MOST_OUTPUT) throw new TooMuch()
      if (emitter === watch.root) {
        watch.marks?.push({ at: emitter.buffer.length, begin, isText: text !== null })
      }
      return render(context, emitter)
    }
    watchAll(childrenOf(template), watch)
  }
}

/** White space that a `-` takes away before the text. */
function trimmed(token: Template['token']): number {
  return 'trimLeft' in token && typeof token.trimLeft === 'number' ? token.trimLeft : 0
}

function childrenOf(template: Template): readonly Template[] {
  const walk = template.children?.(false, true)
  if (!walk) return []
  const step = walk.next()
  return step.done ? step.value : []
}
