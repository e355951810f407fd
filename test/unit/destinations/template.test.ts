/** Templates of the user's own: equal to the built-in message to begin with, locked in, faults at their line. */
import { describe, expect, it } from 'vitest'
import { CHATS, EVENT_NAMES, type FieldProblem, LIQUID_FILTERS, TEMPLATE_FILTERS } from '#contract'
import { generateSample } from '../../../src-main/catalogue/index.ts'
import { chatBody } from '../../../src-main/destinations/chat-body.ts'
import { WORDS } from '../../../src-main/destinations/messages/words.ts'
import {
  builtInTemplate,
  renderTemplate,
  templateProblems,
} from '../../../src-main/destinations/template/index.ts'
import { AppError } from '../../../src-main/errors.ts'

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const EVENT = generateSample('meeting.booked', 7)

function problemOf(template: string, event: object = EVENT): FieldProblem | undefined {
  try {
    renderTemplate(template, event)
  } catch (error) {
    if (error instanceof AppError) return error.problems[0]
    throw error
  }
  return undefined
}

describe.each(CHATS)('the built-in template for %s', (chat) => {
  it.each(EVENT_NAMES)('makes of %s what the built-in format makes', (event) => {
    const template = builtInTemplate(chat, event)
    expect(templateProblems(template)).toEqual([])
    for (const seed of SEEDS) {
      const payload = generateSample(event, seed)
      const built = chatBody(chat, payload, event)?.message
      expect(JSON.parse(renderTemplate(template, payload))).toEqual(
        JSON.parse(JSON.stringify(built)),
      )
    }
  })
})

it('for another receiver a template starts from all of the event', () => {
  const payload = generateSample('poll.created', 1)
  expect(JSON.parse(renderTemplate(builtInTemplate(null, 'poll.created'), payload))).toEqual({
    event: 'poll.created',
    at: payload.timestamp,
    conference: 'Northbridge Summit 2027',
    data: payload.data,
  })
})

describe('a template', () => {
  it.each([
    ['{{ n | json }}', 'null'],
    ['{{ big | json }}', '12345678901'],
    ['{{ data.meeting.title | json }}', '"Renewal & pricing for 2028"'],
    ['{{ "<!channel> & co" | slack | json }}', '"&lt;!channel&gt; &amp; co"'],
    ['{{ "*x*" | teams | json }}', '"\\\\*x\\\\*"'],
    ['{{ "*x*" | webex | json }}', '"\\\\*x\\\\*"'],
    ['{{ "abcdef" | cut: 4 | json }}', '"abc…"'],
    ['{{ data.nothing | default: "x" | json }}', '"x"'],
    ['{% if data.nothing %}1{% else %}2{% endif %}', '2'],
    [
      '{{ timestamp | time: conference.timezone | json }}',
      '"Fri 26 Feb 2027, 04:16 (Europe/Amsterdam)"',
    ],
    ['{{ "2027-03-02T09:00:00Z" | date: "%H:%M" | json }}', '"09:00"'],
  ])('%s makes %s', (template, output) => {
    expect(renderTemplate(template, { ...EVENT, n: null, big: 12345678901 })).toBe(output)
  })

  it.each([
    ['', undefined, /empty/],
    [
      '{\n  "a": {{ data.meeting.titel | json }}\n}',
      [2, 11],
      /Line 2: the event has no data\.meeting\.titel/,
    ],
    ['{\n\n "a": {{ id | jsn }} }', [3, 7], /Line 3: there is no filter jsn\./],
    ['{% iff x %}', [1, 1], /Line 1: there is no tag iff\./],
    ['{\n{% if id %}', [2, 1], /Line 2: \{% if id %\} is not closed\./],
    ['{\n "a": {{ id', [2, 7], /Line 2: an output is not closed/],
    ['{\n  "a": 1,\n}', [3, 1], /Line 3 makes no JSON: expected/],
    ['{\n  "a": {{ id }}\n}', [2, 8], /Line 2 makes no JSON: expected/],
    ['{% if id %}\n{\n  "a" 1\n}{% endif %}', [3, 7], /Line 3 makes no JSON: expected a colon/],
    ['{%- assign x = 1 -%}\n\n{\n  "a": x\n}', [4, 8], /Line 4 makes no JSON: expected a value/],
    [
      '{% capture x %}{"a"}{% endcapture %}\n{{ x }}',
      [2, 1],
      /Line 2 makes no JSON: expected a colon/,
    ],
    ['{{ "a" | json }}\n"b"', [2, 1], /Line 2 makes no JSON: expected the end/],
  ] as const)('%j is refused at its place', (template, place, message) => {
    const found = problemOf(template)
    expect(found).toMatchObject({ field: 'template', severity: 'error' })
    expect(found?.message).toMatch(message)
    expect(found?.place && [found.place.line, found.place.column]).toEqual(place)
  })

  it('is checked before it has seen an event, as far as that goes', () => {
    expect(templateProblems('{{ data.nothing }}')).toEqual([])
    expect(templateProblems('{{ a | nothing }}')).toHaveLength(1)
    expect(templateProblems(' \n')).toHaveLength(1)
  })

  it.each([
    '{% include "/etc/passwd" %}',
    '{% render "package.json" %}',
    '{% layout "x" %}',
    '{% block x %}{% endblock %}',
  ])('reads no file: %s', (template) => {
    expect(problemOf(template)?.message).toMatch(/there is no tag/)
  })

  it.each([
    '{{ constructor }}',
    '{{ data.constructor.constructor | json }}',
    '{{ data.meeting.title.constructor | json }}',
    '{{ data.meeting.participants.map | json }}',
    '{{ __proto__ | json }}',
    '{{ process.env | json }}',
  ])('sees the event’s own members alone: %s', (template) => {
    expect(problemOf(template)?.message).toMatch(/the event has no/)
  })

  it.each([
    '{% for i in (1..100000000) %}x{% endfor %}',
    '{% for i in (1..3000) %}{% for j in (1..3000) %}x{% endfor %}{% endfor %}',
    `{% for i in (1..90000) %}${'y'.repeat(50_000)}{% endfor %}`,
    `{% capture a %}${'z'.repeat(90_000)}{% endcapture %}{% for i in (1..90) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}`,
    '{% for i in (1..90000) %}{{ data | json }}{% endfor %}',
  ])('cannot go on for ever, nor fill the memory: %#', (template) => {
    expect(problemOf(template)?.message).toMatch(/too much/)
  })
})

it('the filters that the editor offers are there, and all of ours are offered', () => {
  for (const { name, args } of [...TEMPLATE_FILTERS, ...LIQUID_FILTERS]) {
    expect(templateProblems(`{{ id | ${name}${args} }}`)).toEqual([])
  }
  const offered = TEMPLATE_FILTERS.map(({ name }) => name)
  expect(offered.toSorted()).toEqual(
    [...Object.keys(WORDS), 'json', 'slack', 'teams', 'webex', 'cut'].toSorted(),
  )
})
