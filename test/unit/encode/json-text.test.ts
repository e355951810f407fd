import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonOffsets, replaceMembers } from '../../../src-main/encode/json-place.ts'
import {
  compactJson,
  parseJsonText,
  prettyJson,
  prettyLength,
} from '../../../src-main/encode/json-text.ts'

describe('a string of millions', () => {
  it('is read, whether plain or full of escapes', () => {
    for (const unit of ['x', '\\n', 'ä\\u00e4']) {
      const text = `"${unit.repeat(8_000_000 / unit.length)}"`
      expect(parseJsonText(text)).toMatchObject({ kind: 'string', end: text.length })
    }
  })
})

describe('JSON as text', () => {
  it('is laid out as JSON.stringify would, whatever the value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text)
        const root = parseJsonText(JSON.stringify(value, null, 3))
        expect(compactJson(root)).toBe(JSON.stringify(value))
        expect(prettyJson(root)).toBe(JSON.stringify(value, null, 2))
        expect(prettyLength(root)).toBe(JSON.stringify(value, null, 2).length)
      }),
    )
  })

  it('keeps what parsing would lose: large numbers, exponents, escapes, duplicate and odd keys', () => {
    const text =
      '{ "n": 12345678901234567890, "e": 1.50e+2, "u": "\\u00e9\\/", "n": -0, "__proto__": 1, "2": 0, "1": 0 }'
    expect(compactJson(parseJsonText(text))).toBe(
      '{"n":12345678901234567890,"e":1.50e+2,"u":"\\u00e9\\/","n":-0,"__proto__":1,"2":0,"1":0}',
    )
  })

  it('escapes half of a surrogate pair, which has no bytes of its own', () => {
    const half = String.fromCharCode(0xd83d)
    expect(compactJson(parseJsonText(`{"${half}": "😀${half}"}`))).toBe('{"\\ud83d":"😀\\ud83d"}')
  })

  it('says where a text stops being JSON', () => {
    const broken = [
      '',
      '{',
      '{"a":}',
      '[1,]',
      '{"a" 1}',
      '01',
      '"\n"',
      '{"a":1} x',
      'nul',
      '"\\x"',
      "{'a':1}",
    ]
    for (const text of broken) {
      expect(() => JSON.parse(text), text).toThrow()
      expect(() => parseJsonText(text), text).toThrow(/Line 1|Line 2/)
    }
    expect(() => parseJsonText('{\n  "a": tru\n}')).toThrow(/Line 2, column 8: expected a value/)
    expect(() => parseJsonText('{"a": "b\n"}')).toThrow(
      'Line 1, column 9: expected the rest of the string, found a line break.',
    )
    expect(() => parseJsonText('["a\\x"]')).toThrow(
      'Line 1, column 4: expected a known escape, found "\\".',
    )
    expect(() => parseJsonText('["a')).toThrow(
      'column 4: expected the rest of the string, found the end.',
    )
    expect(() => parseJsonText('\ufeff{}')).toThrow('found the character U+FEFF')
    expect(() => parseJsonText('[😀]')).toThrow('found "😀"')
  })

  it('refuses what is nested too deep instead of overflowing', () => {
    expect(() => parseJsonText('['.repeat(100_000))).toThrow(/at most \d+ levels/)
  })

  it('accepts exactly what JSON.parse accepts', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n0123e.-truefalsn') }),
        (text) => {
          const outcome = (parse: () => unknown) => {
            try {
              parse()
              return true
            } catch {
              return false
            }
          }
          expect(outcome(() => parseJsonText(text))).toBe(outcome(() => JSON.parse(text)))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('finds the place of a path, or of the part of it that exists', () => {
    const text = '{"a": {"b": [10, {"c": true}]}}'
    const [there, part] = jsonOffsets(text, [
      ['a', 'b', '1', 'c'],
      ['a', 'x', 'y'],
    ])
    expect(text.slice(there ?? 0)).toMatch(/^true/)
    expect(text.slice(part ?? 0)).toMatch(/^\{"b"/)
    expect(jsonOffsets('nonsense', [['a'], []])).toEqual([null, null])
  })

  it('replaces members in place and adds what is missing, touching nothing else', () => {
    const text = '{\n  "x": 1,  "id" : "old",\n  "data": {"id": "inner"}\n}'
    expect(replaceMembers(text, { id: '"new"' })).toBe(
      '{\n  "x": 1,  "id" : "new",\n  "data": {"id": "inner"}\n}',
    )
    expect(JSON.parse(replaceMembers('{}', { id: '"a"', t: '2' }))).toEqual({ id: 'a', t: 2 })
    expect(JSON.parse(replaceMembers('{"x":1}', { id: '"a"' }))).toEqual({ id: 'a', x: 1 })
    expect(() => replaceMembers('[]', {})).toThrow(/object/)
  })
})
