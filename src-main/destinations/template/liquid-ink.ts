/**
 * Inks that write Liquid: what the writers are given is not the texts but expressions for them, and
 * escaping and cutting become filters after the expression.
 */
import { slackText, teamsText, webexText } from '../escape.ts'
import type { Ink } from '../ink.ts'
import { cut } from '../messages/clean-text.ts'

/** When a piece of a message is there: if none of these names is empty, or once for each of a list. */
export type Guard =
  | { readonly kind: 'if'; readonly names: readonly string[] }
  | { readonly kind: 'each'; readonly of: string }

/** Stands around an expression; no text of ours holds it. */
const SIGN = '\uE000'

export function expression(liquid: string): string {
  return SIGN + liquid
}

/** The Liquid of an expression; null for a text as it is. */
export function liquidIn(text: string): string | null {
  return text.startsWith(SIGN) ? text.slice(SIGN.length) : null
}

export interface Guarded {
  readonly guard: Guard
  /** What the guard stands before; a member's value is its own. */
  readonly parts: readonly unknown[]
}

export interface JsonInk extends Ink {
  guardOf(part: object): Guarded | null
}

/** For a body that is printed as JSON, where a text is `{{ expression | json }}`. */
export function createJsonInk(guards: ReadonlyMap<object, Guard>): JsonInk {
  const guarded = new Map<object, Guarded>()
  return {
    ...filters(),
    around: (before, text, after) => {
      const liquid = liquidIn(text)
      if (liquid === null) return before + text + after
      const prepend = before === '' ? '' : ` | prepend: ${JSON.stringify(before)}`
      const append = after === '' ? '' : ` | append: ${JSON.stringify(after)}`
      return expression(liquid + prepend + append)
    },
    parts: <Part>(of: object, parts: readonly Part[]) => {
      const guard = guards.get(of)
      const [first] = parts
      if (!guard || typeof first !== 'object' || first === null) return parts
      // The first one stands for all of them.
      guarded.set(first, { guard, parts })
      return [first]
    },
    only: (of, value) => {
      const guard = guards.get(of)
      if (guard) guarded.set(value, { guard, parts: [value] })
      return value
    },
    guardOf: (part) => guarded.get(part) ?? null,
  }
}

/** For a body that is text: outputs stand in it as they are. */
export function createTextInk(guards: ReadonlyMap<object, Guard>): Ink {
  return {
    ...filters(),
    around: (before, text, after) => {
      const liquid = liquidIn(text)
      return before + (liquid === null ? text : `{{ ${liquid} }}`) + after
    },
    parts: <Part>(of: object, parts: readonly Part[]) => {
      const guard = guards.get(of)
      return guard ? ([opening(guard), ...parts, closing(guard)] as readonly Part[]) : parts
    },
    only: (_, value) => value,
  }
}

export function opening(guard: Guard): string {
  return guard.kind === 'each'
    ? `{% for ${guard.of} %}`
    : `{% if ${guard.names.map((name) => `${name} != ""`).join(' and ')} %}`
}

export function closing({ kind }: Guard): string {
  return kind === 'each' ? '{% endfor %}' : '{% endif %}'
}

type Escape = (text: string, limit: number) => string

function filters(): Pick<Ink, 'plain' | 'slack' | 'teams' | 'webex'> {
  const filter =
    (name: string, escaped: Escape): Escape =>
    (text, limit) => {
      const liquid = liquidIn(text)
      return liquid === null ? escaped(text, limit) : expression(`${liquid} | ${name}: ${limit}`)
    }
  return {
    plain: filter('cut', cut),
    slack: filter('slack', slackText),
    teams: filter('teams', teamsText),
    webex: filter('webex', webexText),
  }
}
