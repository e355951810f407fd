/** From an event to what is said of it: one message for each of the 22, the same for every chat. */
import { catalogueEntry, type EventName, eventNameSchema } from '#contract'
import { ATTENDEE_MESSAGES } from './attendee.ts'
import { type DeclaredMessage, FOOTER, filled, MOST_CHANGES, namesIn } from './declared.ts'
import { MEETING_MESSAGES } from './meeting.ts'
import { POLL_MESSAGES } from './poll.ts'
import { SESSION_MESSAGES } from './session.ts'
import { SPONSOR_MESSAGES } from './sponsor.ts'
import { recordOf, WORDS, type Word } from './words.ts'

export const DECLARED: Readonly<Record<EventName, DeclaredMessage>> = {
  ...ATTENDEE_MESSAGES,
  ...MEETING_MESSAGES,
  ...SESSION_MESSAGES,
  ...SPONSOR_MESSAGES,
  ...POLL_MESSAGES,
}

export interface Fact {
  readonly label: string
  readonly value: string
}

/** Clean texts without mark-up; each chat's writer escapes them and fits them into its limits. */
export interface Message {
  readonly title: string
  readonly lead: string
  /** At most five. */
  readonly facts: readonly Fact[]
  /** From → to; at most five. */
  readonly changes: readonly Fact[]
  /** What somebody wrote, maybe in several lines. */
  readonly quote: { readonly text: string } | null
  readonly link: { readonly label: string; readonly url: string } | null
  readonly footer: string
}

export interface ReadMessage {
  readonly message: Message
  /** What of the payload is not in it as it stands there, in words. */
  readonly cuts: readonly string[]
}

/**
 * @param event what it is taken for where the payload does not say
 * @returns null when the payload holds nothing that could be told
 */
export function readMessage(payload: unknown, event: EventName): ReadMessage | null {
  const named = eventNameSchema.safeParse(recordOf(payload).type)
  const name = named.data ?? event
  const declared = DECLARED[name]
  const cuts: string[] = []
  const texts = textsOf({ ...declared.values, ...FOOTER.values }, payload)
  const phrase = (text: string) => {
    const isWhole = namesIn(text).every((each) => texts.get(each))
    return isWhole ? filled(text, (each) => texts.get(each) ?? '') : ''
  }
  const facts = declared.facts.flatMap(([label, text]) => factOf(label, phrase(text)))
  const all = declared.changes === undefined ? [] : changesIn(at(payload, declared.changes))
  const [main, ...clauses] = declared.lead
  const lead = phrase(main) && [main, ...clauses].map(phrase).join('')
  const quote = (declared.quote && texts.get(declared.quote)) || null
  if (lead === '' && facts.length + all.length === 0 && quote === null) return null
  const url = declared.link && texts.get(declared.link[1])
  for (const [each, { path }] of Object.entries(declared.values)) {
    if (isCut(texts.get(each) ?? '', at(payload, path))) cuts.push(cutNote(declared, each))
  }
  if (
    declared.link &&
    !url &&
    isTyped(at(payload, declared.values[declared.link[1]]?.path ?? ''))
  ) {
    cuts.push(`“${declared.link[0]}” is left out: its address is too long, or not one of the web.`)
  }
  if (all.length > MOST_CHANGES) {
    cuts.push(`Only ${MOST_CHANGES} of ${all.length} changes are told.`)
  }
  const message = {
    title: declared.title,
    lead: lead || catalogueEntry(name).description,
    facts,
    changes: all.slice(0, MOST_CHANGES),
    quote: quote === null ? null : { text: quote },
    link: declared.link && url ? { label: declared.link[0], url } : null,
    footer: FOOTER.phrases.map(phrase).filter(Boolean).join(' · '),
  }
  return { message, cuts }
}

function textsOf(values: DeclaredMessage['values'], payload: unknown): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(values).map(([name, { word, path, args = [], otherwise = '' }]) => {
      const say: Word = WORDS[word]
      const rest = args.map((arg) => at(payload, arg))
      return [name, say(at(payload, path), ...rest) || otherwise]
    }),
  )
}

function factOf(label: string, value: string): readonly Fact[] {
  return value === '' ? [] : [{ label, value }]
}

function changesIn(list: unknown): Fact[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((change: unknown) =>
    factOf(WORDS.field(recordOf(change).field) || 'Changed', WORDS.change(change)),
  )
}

/** What stands at a path such as `data.meeting.title`; undefined where there is nothing. */
function at(payload: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    return (value as Readonly<Record<string, unknown>>)[step]
  }, payload)
}

function isTyped(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

/** An ellipsis may be the text's own. */
function isCut(text: string, whole: unknown): boolean {
  if (!text.endsWith('…')) return false
  return typeof whole === 'string'
    ? whole.trim().length > text.length
    : !JSON.stringify(whole).includes('…')
}

function cutNote({ facts, quote }: DeclaredMessage, name: string): string {
  const label = facts.find(([, text]) => namesIn(text).includes(name))?.[0]
  const said = label ? `“${label}”` : quote === name ? 'What is quoted' : `“${name}”`
  return `${said} was too long and is cut.`
}
