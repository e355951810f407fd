/** Text of a payload in a message: what is dropped, where it is cut. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cleanBlock,
  cleanLine,
  cut,
  cutEscaped,
} from '../../../src-main/destinations/messages/clean-text.ts'

const TEXT = fc.string({ unit: 'binary', maxLength: 400 })

describe('one line', () => {
  it.each([
    ['two\nlines\r\nmore', 'two lines more'],
    ['  a \t b\u00a0 c ', 'a b c'],
    ['a\u202egnp.exe\u202c', 'agnp.exe'],
    ['\u2066a\u2069 \u200bb\ufeff', 'a b'],
    ['nul\0 and bell\u0007', 'nul and bell'],
    ['half \ud83d', 'half \ufffd'],
    ['👩‍👩‍👧 ليلى', '👩‍👩‍👧 ليلى'],
    ['Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306algo', 'Z\u0300\u0301\u0302\u0303algo'],
  ])('%j reads %j', (text, clean) => {
    expect(cleanLine(text, 200)).toBe(clean)
  })

  it('keeps neither controls nor overrides of direction, and its limit, whatever comes', () => {
    fc.assert(
      fc.property(TEXT, fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const line = cleanLine(text, limit)
        expect(line.length).toBeLessThanOrEqual(limit)
        expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u)
        expect(line.isWellFormed()).toBe(true)
      }),
    )
  })

  it('of a text of megabytes is made at once of its beginning', () => {
    expect(cleanLine('ab '.repeat(3_000_000), 20)).toBe('ab ab ab ab ab ab a…')
  })
})

it('several lines keep their breaks, and one empty line between two', () => {
  expect(cleanBlock('a\r\n\r\n\r\n\r\nb\u2028c  d\n', 100)).toBe('a\n\nb\nc d')
})

describe('cutting', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['ab👩‍👩‍👧‍👧cd', 8, 'ab…'],
    ['ab😀cd', 4, 'ab…'],
    ['abe\u0301xyz', 4, 'ab…'],
    ['ab cd', 4, 'ab…'],
  ])('%j to %i is %j', (text, limit, expected) => {
    expect(cut(text, limit)).toBe(expected)
  })

  it('keeps what escapes stand for in one piece', () => {
    const amp = (text: string) => text.replaceAll('&', '&amp;')
    expect(cutEscaped('&&&&', 12, amp)).toBe('&amp;&amp;…')
    expect(cutEscaped('&&', 10, amp)).toBe('&amp;&amp;')
    expect(cutEscaped('&'.repeat(5_000_000), 11, amp)).toBe('&amp;&amp;…')
    fc.assert(
      fc.property(TEXT, fc.integer({ min: 1, max: 80 }), (text, limit) => {
        const shown = cutEscaped(text, limit, amp)
        expect(shown.length).toBeLessThanOrEqual(limit)
        expect(shown).not.toMatch(/&(?!amp;)/)
      }),
    )
  })
})
