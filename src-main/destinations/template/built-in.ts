/**
 * The built-in message of an event as Liquid: what a template of the user's own starts from. It is
 * made from the same declaration and by the same writers as the message itself, with names in the
 * place of texts, so that rendering it gives an equal body.
 */
import type { Chat, EventName } from '#contract'
import { type DeclaredValue, FOOTER, MOST_CHANGES, namesIn } from '../messages/declared.ts'
import { DECLARED, type Message } from '../messages/index.ts'
import { slackMessage } from '../slack.ts'
import { teamsMessage } from '../teams.ts'
import { webexLines } from '../webex.ts'
import { createJsonInk, createTextInk, expression, type Guard } from './liquid-ink.ts'
import { printJson } from './print-json.ts'

/** @param chat null: all of the event, as a start for a receiver of another kind */
export function builtInTemplate(chat: Chat | null, event: EventName): string {
  if (chat === null) return WHOLE_EVENT
  const { assigns, message, guards } = symbolic(event)
  const head = assigns.join('\n')
  if (chat === 'webex') {
    const markdown = webexLines(message, createTextInk(guards)).join('')
    return `${head}
{%- capture markdown -%}
${markdown}
{%- endcapture -%}
{
  "markdown": {{ markdown | json }}
}
`
  }
  const ink = createJsonInk(guards)
  const body = chat === 'slack' ? slackMessage(message, ink) : teamsMessage(message, ink)
  return `${head}\n${printJson(body, ink.guardOf)}\n`
}

const WHOLE_EVENT = `{
  "event": {{ type | json }},
  "at": {{ timestamp | json }},
  "conference": {{ conference.name | json }},
  "data": {{ data | json }}
}
`

interface Symbolic {
  /** The lines that give each text its name. */
  readonly assigns: readonly string[]
  /** Of expressions in place of texts. */
  readonly message: Message
  /** When a piece of the message is there. */
  readonly guards: ReadonlyMap<object, Guard>
}

function symbolic(event: EventName): Symbolic {
  const declared = DECLARED[event]
  const values: Readonly<Record<string, DeclaredValue>> = { ...declared.values, ...FOOTER.values }
  const guards = new Map<object, Guard>()
  const assigns = Object.entries(values).map(
    ([name, value]) => `{%- assign ${name} = ${liquidOf(value)} -%}`,
  )
  const capture = (name: string, text: string) => {
    assigns.push(`{%- capture ${name} -%}${text}{%- endcapture -%}`)
    return expression(name)
  }
  const guarded = <Piece extends object>(piece: Piece, names: readonly string[]): Piece => {
    const optional = names.filter((name) => values[name]?.isOptional && !values[name].otherwise)
    if (optional.length > 0) guards.set(piece, { kind: 'if', names: optional })
    return piece
  }
  const lead = capture('lead', declared.lead.map((clause) => clauseText(clause, values)).join(''))
  const facts = declared.facts.map(([label, phrase]) => {
    const names = namesIn(phrase)
    const value =
      phrase === `{${names[0]}}`
        ? expression(names[0] ?? '')
        : capture(`fact_${label.toLowerCase().replace(/\W+/g, '_')}`, outputs(phrase))
    return guarded({ label, value }, names)
  })
  const change = { label: expression('change.field | field'), value: expression('change | change') }
  if (declared.changes) {
    guards.set(change, { kind: 'each', of: `change in ${declared.changes} limit: ${MOST_CHANGES}` })
  }
  const { quote, link } = declared
  const message: Message = {
    title: declared.title,
    lead,
    facts,
    changes: declared.changes ? [change] : [],
    quote: quote === undefined ? null : guarded({ text: expression(quote) }, [quote]),
    link: link ? guarded({ label: link[0], url: expression(link[1]) }, [link[1]]) : null,
    footer: capture('footer', FOOTER.phrases.map(outputs).join(' · ')),
  }
  return { assigns, message, guards }
}

function liquidOf({ word, path, args = [], isOptional, otherwise }: DeclaredValue): string {
  const start = isOptional ? `${path} | default: ""` : path
  const rest = args.length > 0 ? `: ${args.join(', ')}` : ''
  const end = otherwise === undefined ? '' : ` | default: ${JSON.stringify(otherwise)}`
  return `${start} | ${word}${rest}${end}`
}

/** `{who} booked` as `{{ who }} booked`. */
function outputs(phrase: string): string {
  return phrase.replace(/\{(\w+)\}/g, '{{ $1 }}')
}

function clauseText(clause: string, values: Readonly<Record<string, DeclaredValue>>): string {
  const optional = namesIn(clause).filter(
    (name) => values[name]?.isOptional && values[name].otherwise === undefined,
  )
  const text = outputs(clause)
  if (optional.length === 0) return text
  return `{% if ${optional.map((name) => `${name} != ""`).join(' and ')} %}${text}{% endif %}`
}
