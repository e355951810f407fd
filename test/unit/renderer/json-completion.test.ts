import { CompletionContext } from '@codemirror/autocomplete'
import { json } from '@codemirror/lang-json'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { jsonCompletion } from '../../../src-renderer/simulator/json-completion.ts'
import { blankOf, fieldOf, labelOf } from '../../../src-renderer/ui/json-schema.ts'

const person = z.object({
  name: z.string().describe('The full name.'),
  kind: z.enum(['VIP', 'Press']),
  vip: z.boolean(),
  note: z.string().nullable().optional(),
})
const schema = z.toJSONSchema(
  z.object({ id: z.string(), people: z.array(person), seats: z.number().int().min(1) }),
)

/** What is offered where the bar stands. */
function offered(textWithBar: string): string[] {
  const pos = textWithBar.indexOf('|')
  const state = EditorState.create({ doc: textWithBar.replace('|', ''), extensions: [json()] })
  const result = jsonCompletion(schema)(new CompletionContext(state, pos, true))
  return result?.options.map(({ label }) => label) ?? []
}

describe('completion of a payload', () => {
  it('offers the members that are not there yet', () => {
    expect(offered('{"id": "x", "|"}')).toEqual(['"people"', '"seats"'])
    expect(offered('{"id": "x", |}')).toEqual(['"people"', '"seats"'])
  })

  it('offers the members of the object that one is in', () => {
    expect(offered('{"people": [{"name": "a"}, {"kind": "VIP", "|"}]}')).toEqual([
      '"name"',
      '"vip"',
      '"note"',
    ])
  })

  it('offers the values of an enum, in quotes or without', () => {
    expect(offered('{"people": [{"kind": "|"}]}')).toEqual(['"VIP"', '"Press"'])
    expect(offered('{"people": [{"kind": |}]}')).toEqual(['"VIP"', '"Press"'])
    expect(offered('{"people": [{"vip": |}]}')).toEqual(['true', 'false'])
  })

  it('offers nothing where the schema says nothing', () => {
    expect(offered('{"other": "|"}')).toEqual([])
    expect(offered('{"id": "|"}')).toEqual([])
  })
})

describe('a field of the schema', () => {
  const members = fieldOf(schema, schema).members
  const people = members.find(({ name }) => name === 'people')?.schema ?? {}
  const items = fieldOf(people, schema).items ?? {}

  it('knows which members may be absent and which may be null', () => {
    const note = fieldOf(items, schema).members.find(({ name }) => name === 'note')
    expect(note?.required).toBe(false)
    expect(fieldOf(note?.schema ?? {}, schema)).toMatchObject({ kind: 'text', nullable: true })
  })

  it('has a smallest value with the required members alone', () => {
    expect(blankOf(schema, schema)).toEqual({ id: '', people: [], seats: 1 })
    expect(blankOf(items, schema)).toEqual({ name: '', kind: 'VIP', vip: false })
  })

  it('follows references within the document', () => {
    const root = { $defs: { a: { type: 'boolean' } }, properties: { b: { $ref: '#/$defs/a' } } }
    expect(fieldOf({ $ref: '#/$defs/a' }, root).kind).toBe('boolean')
  })

  it('is labelled in words', () => {
    expect(['firstName', 'id', 'mediaType', 'optionIds'].map(labelOf)).toEqual([
      'First name',
      'ID',
      'Media type',
      'Option ids',
    ])
  })
})
