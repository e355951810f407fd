import { describe, expect, it } from 'vitest'
import { type JsonNode, readJson } from '../../../src-renderer/inspector/json-document.ts'
import {
  addMember,
  appendItem,
  nodeAt,
  removePart,
  replaceNode,
} from '../../../src-renderer/simulator/json-edit.ts'

function at<K extends JsonNode['kind']>(text: string, kind: K, path: (string | number)[] = []) {
  const document = readJson(text)
  const node = document.ok ? nodeAt(document.root, path) : undefined
  if (node?.kind !== kind) throw new Error(`no ${kind} at ${path.join('.')}`)
  return node as Extract<JsonNode, { kind: K }>
}

const PRETTY = '{\n  "a": 1.00,\n  "tags": [],\n  "b": {\n    "c": "x"\n  }\n}'

describe('editing JSON text', () => {
  it('replaces a value and nothing else', () => {
    const node = at(PRETTY, 'string', ['b', 'c'])
    expect(replaceNode(PRETTY, node, '"y"')).toBe(PRETTY.replace('"x"', '"y"'))
  })

  it('adds a member on a line of its own where the text is laid out', () => {
    expect(addMember(PRETTY, at(PRETTY, 'object', ['b']), 'd', { e: 1 })).toBe(
      PRETTY.replace('"x"', '"x",\n    "d": {\n      "e": 1\n    }'),
    )
  })

  it('adds a member after those that come before it in the schema', () => {
    expect(addMember(PRETTY, at(PRETTY, 'object'), 'n', 2, ['a'])).toBe(
      PRETTY.replace('1.00,', '1.00,\n  "n": 2,'),
    )
    expect(addMember('{"b":1}', at('{"b":1}', 'object'), 'a', 2, ['z'])).toBe('{"a":2,"b":1}')
  })

  it('adds compactly where the text is compact', () => {
    expect(addMember('{"a":1}', at('{"a":1}', 'object'), 'b', [1, 2])).toBe('{"a":1,"b":[1,2]}')
    expect(addMember('{}', at('{}', 'object'), 'b', null)).toBe('{"b":null}')
  })

  it('opens an empty array of laid-out text', () => {
    expect(appendItem(PRETTY, at(PRETTY, 'array', ['tags']), 'new')).toBe(
      PRETTY.replace('[]', '[\n    "new"\n  ]'),
    )
  })

  it.each([
    [0, '{"b":2,"c":3}'],
    [1, '{"a":1,"c":3}'],
    [2, '{"a":1,"b":2}'],
  ])('removes member %i with its comma', (index, expected) => {
    const text = '{"a":1,"b":2,"c":3}'
    expect(removePart(text, at(text, 'object'), index)).toBe(expected)
  })

  it('removes the only part', () => {
    expect(removePart('[ 1 ]', at('[ 1 ]', 'array'), 0)).toBe('[]')
  })
})
