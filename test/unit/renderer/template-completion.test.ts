/** What is offered where in a template. */
import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { payloadJsonSchema } from '#contract'
import { templateCompletion } from '../../../src-renderer/webhooks/template-completion.ts'

const complete = templateCompletion(payloadJsonSchema('meeting.booked'))

function offered(text: string, explicit = true): string[] | null {
  const state = EditorState.create({ doc: text })
  const found = complete(new CompletionContext(state, text.length, explicit))
  return found?.options.map(({ label }) => label) ?? null
}

describe('in an output', () => {
  it('the event’s fields are offered, step by step', () => {
    expect(offered('{{ ')).toEqual(['id', 'type', 'timestamp', 'conference', 'data'])
    expect(offered('{{ data.')).toEqual(['meeting'])
    expect(offered('{{ data.meeting.location.')).toEqual(['kind', 'name', 'url'])
    expect(offered('{{ data.meeting.nothing.')).toBe(null)
  })

  it('filters are offered after a bar', () => {
    expect(offered('{{ id | ')).toContain('person')
    expect(offered('{{ id | json | sl')).toContain('slack')
    expect(offered('{{ id | ')).not.toContain('data')
  })

  it('arguments of a filter are fields again', () => {
    expect(offered('{{ timestamp | time: conference.')).toEqual(['id', 'name', 'timezone'])
  })
})

describe('in a tag', () => {
  it('tags are offered first, then fields', () => {
    expect(offered('{% ')).toContain('if')
    expect(offered('{% if data.meeting.')).toContain('notes')
    expect(offered('{%- assign ')).toBe(null)
  })

  it('names of the template’s own and items of its loops are known', () => {
    const before = '{% assign who = id %}{% for one in data.meeting.participants %}'
    expect(offered(`${before}{{ `)).toEqual(expect.arrayContaining(['who', 'one', 'data']))
    expect(offered(`${before}{{ one.`)).toEqual(['attendee', 'status'])
    expect(offered(`${before}{{ one.attendee.`)).toContain('firstName')
  })
})

it('nothing is offered in the body’s own text, nor unasked where nothing was typed', () => {
  expect(offered('{ "text": ')).toBe(null)
  expect(offered('{{ id }} da')).toBe(null)
  expect(offered('{% if id %} da')).toBe(null)
  expect(offered('{{ ', false)).toBe(null)
  expect(offered('{{ da', false)).toContain('data')
  expect(offered('{{ data.', false)).toEqual(['meeting'])
})
