import fc from 'fast-check'
import qs from 'qs'
import { describe, expect, it } from 'vitest'
import type { FormEncoding } from '#contract'
import { encodeBody } from '../../../src-main/encode/index.ts'

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
    expect(paths(losses)).toEqual(['n', 'ok', 'no'])
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
    expect(paths(form(value, 'indices').losses)).toEqual(['empty', 'none', 'a[b]', 'nested.c]'])
    expect(form('[]', 'indices').losses).toHaveLength(1)
    expect(form('"text"', 'flat')).toMatchObject({ text: '', losses: [{ path: '' }] })
  })

  it('under indices come back through qs as they were, unless a loss was listed', () => {
    const leaf = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    )
    const key = fc.stringMatching(/^[a-z]{1,6}$/)
    const { tree } = fc.letrec((tie) => ({
      tree: fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        const { text, losses } = form(value, 'indices')
        const parsed: unknown = qs.parse(text, {
          depth: 20,
          arrayLimit: 100,
          parameterLimit: 10_000,
          strictNullHandling: false,
        })
        if (losses.length === 0) expect(parsed).toEqual(value)
      }),
    )
  })
})
