/**
 * The rules by which differences are ignored. Each change is made to the rules as they are now, one
 * after the other, and can be taken back by its inverse alone: what was changed since then stays.
 */
import { type CompareRule, DEFAULT_COMPARE_RULES } from '#contract'
import { saveSettings, useSettings } from './settings.ts'

type Rules = readonly CompareRule[]

/** One change; answers the rules after it, and what takes it back from any later ones. */
type Change = (rules: Rules) => { readonly rules: Rules; readonly inverse: (later: Rules) => Rules }

/** Takes a change back; fails with the core's reason. */
export type TakeBack = () => Promise<void>

/** A rule's id may be this long. */
const MOST_ID_CHARACTERS = 100

export function useCompareRules(): Rules {
  return useSettings((state) => state.settings?.compareRules ?? DEFAULT_COMPARE_RULES)
}

function rulesNow(): Rules {
  return useSettings.getState().settings?.compareRules ?? DEFAULT_COMPARE_RULES
}

let saving: Promise<unknown> = Promise.resolve()

/** After the changes before it, so that it is made to what they left. */
function save(next: (rules: Rules) => Rules): Promise<void> {
  const mine = saveAfter(saving, next)
  saving = mine.catch(() => undefined)
  return mine
}

async function saveAfter(earlier: Promise<unknown>, next: (rules: Rules) => Rules): Promise<void> {
  await earlier
  await saveSettings({ compareRules: [...next(rulesNow())] })
}

async function make(change: Change): Promise<TakeBack> {
  let inverse = (later: Rules) => later
  await save((rules) => {
    const made = change(rules)
    inverse = made.inverse
    return made.rules
  })
  return () => save((later) => inverse(later))
}

/** Each that changes them fails with the core's reason. */
export const compareRules = {
  /** Why there is nothing to add, in words; null where there is. */
  whyNot: (kind: CompareRule['kind'], typed: string): string | null =>
    whyNot(rulesNow(), kind, typed),
  /** Turns on the rule of this pattern, or adds it. */
  ignore: (kind: CompareRule['kind'], pattern: string): Promise<TakeBack> =>
    make(ignoring(kind, pattern)),
  turn: (id: string, isOn: boolean): Promise<TakeBack> => make(turning(id, isOn)),
  remove: (id: string): Promise<TakeBack> => make(removing(id)),
  /** Back to the first rules. */
  reset: (): Promise<TakeBack> => make(resetting),
}

export function whyNot(rules: Rules, kind: CompareRule['kind'], typed: string): string | null {
  const pattern = typed.trim()
  if (pattern === '') {
    return kind === 'header' ? 'Type the name of a header first.' : 'Type a path first.'
  }
  return ruleOf(rules, kind, pattern)?.isOn ? 'This rule is there already, and on.' : null
}

function ruleOf(rules: Rules, kind: CompareRule['kind'], pattern: string): CompareRule | undefined {
  return rules.find((rule) => rule.kind === kind && isSame(kind, rule.pattern, pattern))
}

export function ignoring(kind: CompareRule['kind'], typed: string): Change {
  const pattern = typed.trim()
  return (rules) => {
    const known = ruleOf(rules, kind, pattern)
    if (known) return turning(known.id, true)(rules)
    const added = { id: freshId(rules, `${kind}:${pattern}`), kind, pattern, isOn: true }
    return {
      rules: [...rules, added],
      inverse: (later) => later.filter(({ id }) => id !== added.id),
    }
  }
}

function turning(id: string, isOn: boolean): Change {
  const turned = (rules: Rules, to: boolean) =>
    rules.map((rule) => (rule.id === id ? { ...rule, isOn: to } : rule))
  return (rules) => {
    const wasOn = rules.find((rule) => rule.id === id)?.isOn ?? isOn
    return { rules: turned(rules, isOn), inverse: (later) => turned(later, wasOn) }
  }
}

export function removing(id: string): Change {
  return (rules) => {
    const at = rules.findIndex((rule) => rule.id === id)
    const back = rules.slice(at, at + 1)
    return {
      rules: rules.filter((rule) => rule.id !== id),
      inverse: (later) => (has(later, id) ? later : later.toSpliced(at, 0, ...back)),
    }
  }
}

export const resetting: Change = (rules) => ({
  rules: DEFAULT_COMPARE_RULES,
  inverse: (later) => [
    ...rules,
    ...later.filter(({ id }) => !has(rules, id) && !has(DEFAULT_COMPARE_RULES, id)),
  ],
})

function has(rules: Rules, id: string): boolean {
  return rules.some((rule) => rule.id === id)
}

/** As the core compares them: the case of a header's name does not count, that of a path does. */
function isSame(kind: CompareRule['kind'], one: string, other: string): boolean {
  return kind === 'header' ? one.toLowerCase() === other.toLowerCase() : one.trim() === other
}

/** The wanted id, or as much of it as fits beside a number that no other rule has. */
function freshId(rules: Rules, wanted: string): string {
  if (wanted.length <= MOST_ID_CHARACTERS && !has(rules, wanted)) return wanted
  for (let number = 2; ; number++) {
    const end = `#${number}`
    const id = wanted.slice(0, MOST_ID_CHARACTERS - end.length) + end
    if (!has(rules, id)) return id
  }
}
