import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesOfBase64,
  hexRow,
  hexRowCount,
  readableText,
} from '../../../src-renderer/inspector/wire-text.ts'

const bytes = (...values: (number | string)[]) =>
  new Uint8Array(values.flatMap((v) => (typeof v === 'number' ? [v] : [...Buffer.from(v)])))

describe('recorded bytes as text', () => {
  it('shows UTF-8 as it is', () => {
    const text = 'naïve 😀\r\n\tשלום'
    expect(readableText(bytes(text))).toEqual({ text, escapedBytes: 0 })
  })

  it.each([
    ['a byte of no character', bytes('a', 0xff, 'b'), 'a\\xffb', 1],
    ['a character cut off at the end', bytes('a', 0xe2, 0x82), 'a\\xe2\\x82', 2],
    ['an overlong form', bytes(0xc0, 0xaf), '\\xc0\\xaf', 2],
    ['a surrogate', bytes(0xed, 0xa0, 0x80), '\\xed\\xa0\\x80', 3],
    ['NUL and escape', bytes('a', 0, 0x1b, 'é'), 'a\\x00\\x1bé', 2],
  ])('escapes %s', (_, given, text, escapedBytes) => {
    expect(readableText(given)).toEqual({ text, escapedBytes })
  })

  it('never loses a byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (given) => {
        const { text, escapedBytes } = readableText(given)
        const shown = text.replace(/\\x[0-9a-f]{2}/g, '')
        fc.pre(!Buffer.from(given).includes('\\x'))
        expect(Buffer.byteLength(shown) + escapedBytes).toBe(given.length)
      }),
    )
  })

  it('comes from base64', () => {
    expect(bytesOfBase64('AP+A')).toEqual(bytes(0, 0xff, 0x80))
  })
})

describe('a hex dump', () => {
  it('has a row for every sixteen bytes', () => {
    const given = bytes('0123456789abcdefg', 0xff)
    expect(hexRowCount(given)).toBe(2)
    expect(hexRow(given, 0)).toEqual({
      offset: '00000000',
      hex: '30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66',
      ascii: '0123456789abcdef',
    })
    expect(hexRow(given, 1)).toEqual({
      offset: '00000010',
      hex: `67 ff${' '.repeat(18)}  ${' '.repeat(23)}`,
      ascii: 'g.',
    })
  })
})
