import { describe, expect, it } from 'vitest'
import type { ReplayOriginal } from '#contract'
import {
  bodyWrittenAs,
  editsOf,
  shownPath,
  typedOf,
  withRevealed,
} from '../../../src-renderer/state/replay-edit.ts'

const original: ReplayOriginal = {
  method: 'POST',
  path: { text: '/in?a=%20', isHidden: false },
  isImported: false,
  url: 'http://127.0.0.1/',
  headers: [
    { name: 'X-A', value: '1', masked: false },
    { name: 'x-a', value: '1', masked: false },
    { name: 'Authorization', value: 'Bearer ••••••••1234', masked: true },
  ],
  leftOut: [],
  body: { bytes: 7, text: '{"a":1}', hex: '7b2261223a317d', isHidden: false },
  webhookId: null,
  scheme: 'none',
}
const typed = typedOf(original)

describe('editing a recorded request', () => {
  it('is nothing as long as nothing is different', () => {
    expect(editsOf(original, typed, true)).toEqual({ edited: null, changes: [], problem: null })
    const asHex = { ...typed, bodyAs: 'hex' as const, body: '7B 22 61\n22 3a 31 7d' }
    expect(editsOf(original, asHex, true).edited).toBeNull()
  })

  it('keeps what stands as it stood, masked values among it, and names each difference', () => {
    const headers = 'x-a: 1\nX-New: 2\nAuthorization: Bearer ••••••••1234'
    const edits = editsOf(original, { ...typed, method: 'PUT', headers, body: '{"a":12}' }, true)
    expect(edits.edited).toEqual({
      method: 'PUT',
      headers: [{ from: 1 }, { name: 'X-New', value: ' 2' }, { from: 2 }],
      body: { kind: 'text', text: '{"a":12}' },
    })
    expect(edits.changes).toEqual([
      'Method POST → PUT',
      '− X-A: 1',
      '+ X-New: 2',
      'Body 7 bytes → 8 bytes, from line 1 on',
    ])
    expect(edits.problem).toBeNull()
  })

  it('tells when only the order is another one', () => {
    const headers = 'x-a: 1\nX-A: 1\nAuthorization: Bearer ••••••••1234'
    expect(editsOf(original, { ...typed, headers }, true).changes).toEqual([
      'Headers in another order',
    ])
    const more = { ...typed, headers, method: 'PUT', body: '{}' }
    expect(editsOf(original, more, true).changes).toContain('Headers in another order')
  })

  it('finds the order as it was when one of two same lines is removed', () => {
    const same = { name: 'X-Same', value: '1', masked: false }
    const other = { name: 'X-B', value: '2', masked: false }
    const twice = { ...original, headers: [same, other, same] }
    const edits = editsOf(twice, { ...typed, headers: 'X-B: 2\nX-Same: 1' }, true)
    expect(edits.changes).toEqual(['− X-Same: 1'])
    expect(edits.edited?.headers).toEqual([{ from: 1 }, { from: 2 }])
    const gone = editsOf(twice, { ...typed, headers: 'X-B: 2' }, true)
    expect(gone.changes).toEqual(['− X-Same: 1', '− X-Same: 1'])
  })

  it('sends no mask in place of a secret, and no line that is no header', () => {
    const masked = editsOf(
      original,
      { ...typed, headers: 'Authorization: Bearer ••••••••9999' },
      true,
    )
    expect(masked.problem).toMatch(/holds a mask/)
    expect(editsOf(original, { ...typed, headers: 'nonsense' }, true).problem).toMatch(
      /is no header/,
    )
  })

  it('writes bytes as text and as digits, where that loses nothing', () => {
    expect(bodyWrittenAs('é\0', 'hex')).toBe('c3 a9 00')
    expect(bodyWrittenAs('c3 a9\n00', 'text')).toBe('é\0')
    expect(bodyWrittenAs('ff', 'text')).toBeNull()
    expect(bodyWrittenAs('0g', 'text')).toBeNull()
  })

  it('sends an emptied body as an empty one, whichever way it is written', () => {
    const long = { ...original, body: { ...original.body, hex: null } }
    const binary = { ...original, body: { bytes: 2, text: null, hex: 'ff00', isHidden: false } }
    const empty = (bodyAs: 'text' | 'hex') => ({ ...typed, body: '', bodyAs })
    expect(editsOf(long, empty('hex'), true).edited?.body).toEqual({ kind: 'hex', text: '' })
    expect(editsOf(long, empty('hex'), true).changes).toEqual(['Body 7 bytes → 0 bytes'])
    expect(editsOf(binary, empty('text'), true).edited?.body).toEqual({ kind: 'text', text: '' })
    expect(editsOf(binary, empty('hex'), true).edited?.body).toEqual({ kind: 'hex', text: '' })
    const without = { ...original, body: { bytes: 0, text: '', hex: '', isHidden: false } }
    expect(editsOf(without, empty('hex'), true).edited).toBeNull()
  })

  it('takes the same bytes written the other way for no edit', () => {
    const long = { ...original, body: { ...original.body, hex: null } }
    const digits = bodyWrittenAs(typed.body, 'hex') ?? ''
    expect(editsOf(long, { ...typed, body: digits, bodyAs: 'hex' }, true).edited).toBeNull()
    const other = { ...typed, body: digits.replace('7b', '7c'), bodyAs: 'hex' as const }
    expect(editsOf(long, other, true).edited?.body.kind).toBe('hex')
    expect(editsOf(long, { ...other, body: '7' }, true).edited?.body.kind).toBe('hex')
  })

  it('sends a body that cannot be seen as it is', () => {
    const body = { bytes: 9, text: null, hex: null, isHidden: true }
    expect(editsOf({ ...original, body }, typedOf({ ...original, body }), true).edited).toBeNull()
  })

  it('says a path that was typed, and sends none that was not', () => {
    const edits = editsOf(original, { ...typed, path: '/other//x?' }, true)
    expect(edits.changes).toEqual(['Path /in?a=%20 → /other//x?'])
    expect(edits.edited?.path).toBe('/other//x?')
    expect(editsOf(original, { ...typed, path: '/in?a=%20' }, true).edited).toBeNull()
    expect(editsOf(original, { ...typed, method: 'PUT' }, true).edited).not.toHaveProperty('path')
  })

  it('goes to the path of another endpoint, unless one is typed or kept', () => {
    expect(shownPath(original, typed, false)).toBe('')
    expect(editsOf(original, typed, false).edited).toBeNull()
    expect(editsOf(original, { ...typed, path: '' }, false).edited).toBeNull()
    const kept = editsOf(original, { ...typed, path: '/in?a=%20' }, false)
    expect(kept.edited?.path).toBe('/in?a=%20')
    expect(kept.changes).toEqual(['Path /in?a=%20 as it was, not the endpoint’s own'])
  })

  it('never sends a path that is masked, whatever was typed for another endpoint', () => {
    const hidden = { ...original, path: { text: '/services/T1/B1/••••••••', isHidden: true } }
    const moved = { ...typed, path: '/mine' }
    expect(shownPath(hidden, moved, true)).toBe('/services/T1/B1/••••••••')
    expect(editsOf(hidden, moved, true)).toEqual({ edited: null, changes: [], problem: null })
    expect(editsOf(hidden, moved, false).edited?.path).toBe('/mine')
  })

  it('keeps what was typed when a hidden body is shown', () => {
    const body = { bytes: 7, text: null, hex: null, isHidden: true }
    const hidden = { ...original, body }
    const before = { ...typedOf(hidden), path: '/mine', headers: 'X: 1' }
    expect(withRevealed(hidden, original, before)).toEqual({
      ...before,
      body: '{"a":1}',
      bodyAs: 'text',
    })
    const again = { ...original, path: { text: '/', isHidden: false } }
    const changed = { ...typed, body: 'mine' }
    expect(withRevealed(original, again, changed)).toBe(changed)
  })
})
