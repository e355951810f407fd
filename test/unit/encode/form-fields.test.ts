/** Fields read as the platform reads them, of any number; the platform's reader would take minutes here. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldValue, hasMoreFields, searchParams } from '../../../src-main/encode/index.ts'

const forms = fc.array(
  fc.oneof(
    fc.constantFrom('&', '&', '=', '=', '+', '%', '%6', '%61', '%C3', '%ff', '?', 'a', '\ufeff'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
)

describe('form fields', () => {
  it('are what the platform reads', () => {
    fc.assert(
      fc.property(forms, fc.nat({ max: 6 }), (parts, most) => {
        const text = parts.join('')
        const fields = [...new URLSearchParams(`&${text}`)]
        expect([...searchParams(text)]).toEqual(fields)
        expect(hasMoreFields(text, most)).toBe(fields.length > most)
        expect(fieldValue(text, 'a')).toBe(fields.find(([name]) => name === 'a')?.[1] ?? null)
      }),
    )
    expect(fieldValue('%70ay=2&%70ayload=a%20b+c&payload=3', 'payload')).toBe('a b c')
  })

  it.each(['a&', '%&', 'a=&', 'payloa&', '%70ayloa&', '&'])(
    'are read of millions of %s',
    (field) => {
      const text = Buffer.from(field.repeat(1_000_000)).toString()
      expect(searchParams(text).size).toBe(field === '&' ? 0 : 1_000_000)
      expect(hasMoreFields(text, 999_999)).toBe(field !== '&')
      expect(fieldValue(`${text}payload=x`, 'payload')).toBe('x')
    },
  )
})
