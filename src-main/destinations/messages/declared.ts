/**
 * How the message of an event is declared: which values of the payload it tells, put into words by
 * which function, and where in the message they stand. One declaration is read in two ways: with a
 * payload it becomes a message, and as Liquid it becomes the start of a user's own template.
 */
import type { WordName } from './words.ts'

/** A value of the payload in words. */
export interface DeclaredValue {
  readonly word: WordName
  /** Where it is, from the envelope: `data.meeting.title`. */
  readonly path: string
  /** Paths of what the word needs besides. */
  readonly args?: readonly string[]
  /** The schema lets it be absent, or empty. */
  readonly isOptional?: true
  /** What is said instead where it is empty. */
  readonly otherwise?: string
}

/** Text with names of values in braces: `{who} booked a meeting`. */
export type Phrase = string

export interface DeclaredMessage {
  readonly title: string
  readonly values: Readonly<Record<string, DeclaredValue>>
  /** One sentence in clauses; a clause is left out where one of its values is empty. */
  readonly lead: readonly [Phrase, ...Phrase[]]
  /** At most five, so that they fit into one section of a Slack message; the first is always there. */
  readonly facts: readonly (readonly [label: string, value: Phrase])[]
  /** The path of a list of changes, each told as a fact. */
  readonly changes?: string
  /** A value's name: what somebody wrote. */
  readonly quote?: string
  readonly link?: readonly [label: string, value: string]
}

/** More changes of one thing than this are counted, not told. */
export const MOST_CHANGES = 5

/** What every message ends with. */
export const FOOTER = {
  values: {
    conference_name: { word: 'line', path: 'conference.name' },
    happened: { word: 'time', path: 'timestamp', args: ['conference.timezone'] },
  },
  phrases: ['{conference_name}', '{happened}'],
} as const satisfies {
  values: Record<string, DeclaredValue>
  phrases: readonly Phrase[]
}

const BRACES = /\{(\w+)\}/g

/** The names in a phrase. */
export function namesIn(phrase: Phrase): string[] {
  return [...phrase.matchAll(BRACES)].flatMap(([, name]) => name ?? [])
}

/** The phrase with each name replaced. */
export function filled(phrase: Phrase, of: (name: string) => string): string {
  return phrase.replace(BRACES, (_, name: string) => of(name))
}

export function value(word: WordName, path: string, ...args: string[]): DeclaredValue {
  return args.length === 0 ? { word, path } : { word, path, args }
}

export function optional(declared: DeclaredValue): DeclaredValue {
  return { ...declared, isOptional: true }
}
