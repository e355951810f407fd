import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonNode, readJson } from '../../../src-renderer/inspector/json-document.ts'

function parsed(text: string, node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map((m) => [m.name, parsed(text, m.value)]))
    case 'array':
      return node.items.map((item) => parsed(text, item))
    case 'string':
      return node.value
    case 'number':
    case 'boolean':
    case 'null':
      return JSON.parse(text.slice(node.start, node.end))
  }
}

describe('a JSON document', () => {
  it('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent)
        const document = readJson(text)
        expect(document.ok && parsed(text, document.root)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('refuses what JSON.parse refuses', () => {
    const alphabet = fc.constantFrom(...Array.from('{}[]",:0123456789.eE+-\\ntrufalse \n'))
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 12 }), (text) => {
        let parses = true
        try {
          JSON.parse(text)
        } catch {
          parses = false
        }
        expect(readJson(text).ok).toBe(parses)
      }),
      { numRuns: 2_000 },
    )
  })

  it('keeps the text of numbers and both of two members of one name', () => {
    const text = '{"a": 1.00, "a": 12345678901234567890}'
    const document = readJson(text)
    const members = document.ok && document.root.kind === 'object' ? document.root.members : []
    expect(members.map(({ value }) => text.slice(value.start, value.end))).toEqual([
      '1.00',
      '12345678901234567890',
    ])
  })

  it('says where the first fault is and what is expected there', () => {
    const document = readJson('{\n  "a": 1\n  "b": 2\n}')
    expect(document).toMatchObject({ ok: false, fault: { line: 3, column: 3 } })
    expect(document.ok ? '' : document.fault.message).toBe(
      'A comma or } is expected, but there is “"”',
    )
  })

  it('reads a text of eight megabytes, escapes and all', () => {
    expect(readJson(JSON.stringify('x'.repeat(8_000_000))).ok).toBe(true)
    expect(readJson(`"${'\\n'.repeat(4_000_000)}"`).ok).toBe(true)
  })

  it('answers with a fault, not an overflow, for deep nesting', () => {
    expect(readJson('['.repeat(100_000)).ok).toBe(false)
  })
})
