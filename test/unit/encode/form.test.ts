import fc from 'fast-check'
import qs from 'qs'
import { describe, expect, it } from 'vitest'
import type { FormEncoding } from '#contract'
import { encodeBody } from '../../../src-main/encode/index.ts'
import { parsePhpForm } from '../../support/php-form.ts'

function form(value: unknown, formEncoding: FormEncoding, formField = 'payload') {
  const { bytes, losses } = encodeBody(typeof value === 'string' ? value : JSON.stringify(value), {
    contentType: 'application/x-www-form-urlencoded',
    formEncoding,
    formField,
    jsonStyle: 'compact',
  })
  return { text: Buffer.from(bytes).toString('latin1'), losses }
}

const paths = (losses: readonly { path: string }[]) => losses.map(({ path }) => path)

describe('form bodies', () => {
  it('carry the whole JSON in one field and lose nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const { text, losses } = form(value, 'payload', 'data')
        expect(losses).toEqual([])
        const params = [...new URLSearchParams(text)]
        expect(params).toEqual([['data', JSON.stringify(value)]])
      }),
    )
  })

  it('follow the WHATWG rule to the byte', () => {
    expect(form({ 'a b': "*-._~!'()&=+%é😀\r\n\0" }, 'flat').text).toBe(
      'a+b=*-._%7E%21%27%28%29%26%3D%2B%25%C3%A9%F0%9F%98%80%0D%0A%00',
    )
  })

  it('give each top-level member a field under flat, nested ones as JSON', () => {
    const { text, losses } = form(
      { id: 'x', n: 1.5, ok: true, no: null, o: { a: [1] }, e: [] },
      'flat',
    )
    expect(text).toBe('id=x&n=1.5&ok=true&no=&o=%7B%22a%22%3A%5B1%5D%7D&e=%5B%5D')
    expect(paths(losses)).toEqual(['n', 'ok', 'no', 'o', 'e'])
  })

  it('name every leaf, with empty brackets or with numbers', () => {
    const value = { a: { b: ['x', 'y'], c: [{ d: 'z' }] } }
    expect(decodeURIComponent(form(value, 'brackets').text)).toBe('a[b][]=x&a[b][]=y&a[c][][d]=z')
    expect(decodeURIComponent(form(value, 'indices').text)).toBe('a[b][0]=x&a[b][1]=y&a[c][0][d]=z')
    expect(paths(form(value, 'brackets').losses)).toEqual(['a.c'])
    expect(form(value, 'indices').losses).toEqual([])
  })

  it('keep a number as it was written', () => {
    expect(form('{"n":12345678901234567890,"m":1.0}', 'indices').text).toBe(
      'n=12345678901234567890&m=1.0',
    )
  })

  it('list what vanishes and what misreads', () => {
    const value = { empty: {}, none: [], 'a[b]': 'x', nested: { 'c]': 'y' } }
    expect(paths(form(value, 'indices').losses)).toEqual(['a[b]', 'empty', 'none', 'nested.c]'])
    expect(form('[]', 'indices').losses).toHaveLength(1)
    expect(form('"text"', 'flat')).toMatchObject({ text: '', losses: [{ path: '' }] })
  })

  it.each([
    ['{"a":"1","a":"2"}', 'a', /twice/],
    ['{"x":{"":"1"}}', 'x.', /without a name/],
    ['{"x":{"0":"a","1":"b"}}', 'x', /reads as a list/],
    ['{"a.b":"1"}', 'a.b', /PHP/],
    ['{"x":{"toString":"1"}}', 'x.toString', /qs drops/],
    ['{"a":"\\ud800"}', 'a', /surrogate/],
    ['{"a":{"b":{"c":{"d":{"e":{"f":{"g":"1"}}}}}}}', 'a.b.c.d.e.f', /five brackets/],
    [JSON.stringify({ a: Array.from({ length: 21 }, () => 'x') }), 'a', /more than 20/],
    [
      JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`k${i}`, 'x']))),
      '',
      /1,000/,
    ],
  ])('list what receivers make of %s', (text, path, note) => {
    expect(form(text, 'indices').losses).toEqual([{ path, note: expect.stringMatching(note) }])
  })

  it('keep the list readable', () => {
    const { losses } = form({ n: Array.from({ length: 900 }, (_, i) => i) }, 'indices')
    expect(losses).toHaveLength(201)
    expect(losses.at(-1)?.note).toMatch(/^and 701 more/)
    const [loss] = form({ ['x'.repeat(5_000)]: 1 }, 'indices').losses
    expect(loss?.path).toBe(`${'x'.repeat(1_000)}…`)
  })

  it('take an object with any number of names that are lost', () => {
    const members = Array.from({ length: 200_000 }, (_, at) => `"[${at}":"v"`).join(',')
    const { losses } = form(`{"a":{${members}}}`, 'brackets')
    expect(losses.at(-1)?.note).toMatch(/more like these/)
  })

  it.each(['brackets', 'indices'] as const)(
    'are refused under %s where the names of deep leaves would burst memory',
    (encoding) => {
      const deep = `${'['.repeat(240)}${'1,'.repeat(400_000)}1${']'.repeat(240)}`
      expect(() => form(`{"a":${deep}}`, encoding)).toThrow(/names of more than 64 MB/)
      expect(form(`{"a":${deep}}`, 'flat').text).toContain('a=%5B%5B')
    },
  )

  it('are refused where they would have millions of fields', () => {
    const wide = `{"a":[${'1,'.repeat(1_000_000)}1]}`
    expect(() => form(wide, 'brackets')).toThrow(/a million fields/)
  })

  const leaf = fc.oneof(
    { arbitrary: fc.string({ unit: 'binary' }), weight: 12 },
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  )
  const key = fc.oneof(
    { arbitrary: fc.stringMatching(/^[a-z]{1,3}$/), weight: 12 },
    fc.constantFrom('', '0', '1', '01', 'a.b', 'a b', '[', ']', 'a[b]', '__proto__', 'length'),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(key, tie('node'), { maxKeys: 4 }),
    node: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(key, tie('node'), { maxKeys: 4 }),
    ),
  }))

  it.each(['brackets', 'indices'] as const)(
    'under %s come back through qs and through PHP as they were, unless a loss was listed',
    (encoding) => {
      fc.assert(
        fc.property(tree, (value) => {
          const { text, losses } = form(value, encoding)
          if (losses.length > 0) return
          const plain: unknown = JSON.parse(JSON.stringify(value))
          expect(qs.parse(text)).toEqual(plain)
          expect(parsePhpForm(text)).toEqual(plain)
        }),
        { numRuns: 1_000 },
      )
    },
  )
})
