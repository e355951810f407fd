import { describe, expect, it } from 'vitest'
import type { ReplayOriginal } from '#contract'
import { bodyWrittenAs, editsOf, typedOf } from '../../../src-renderer/state/replay-edit.ts'

const original: ReplayOriginal = {
  method: 'POST',
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
    expect(editsOf(original, typed)).toEqual({ edited: null, changes: [], problem: null })
    const asHex = { ...typed, bodyAs: 'hex' as const, body: '7B 22 61\n22 3a 31 7d' }
    expect(editsOf(original, asHex).edited).toBeNull()
  })

  it('keeps what stands as it stood, masked values among it, and names each difference', () => {
    const headers = 'x-a: 1\nX-New: 2\nAuthorization: Bearer ••••••••1234'
    const edits = editsOf(original, { ...typed, method: 'PUT', headers, body: '{"a":12}' })
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
    expect(editsOf(original, { ...typed, headers }).changes).toEqual(['Headers in another order'])
  })

  it('sends no mask in place of a secret, and no line that is no header', () => {
    const masked = editsOf(original, { ...typed, headers: 'Authorization: Bearer ••••••••9999' })
    expect(masked.problem).toMatch(/holds a mask/)
    expect(editsOf(original, { ...typed, headers: 'nonsense' }).problem).toMatch(/is no header/)
  })

  it('writes bytes as text and as digits, where that loses nothing', () => {
    expect(bodyWrittenAs('é\0', 'hex')).toBe('c3 a9 00')
    expect(bodyWrittenAs('c3 a9\n00', 'text')).toBe('é\0')
    expect(bodyWrittenAs('ff', 'text')).toBeNull()
    expect(bodyWrittenAs('0g', 'text')).toBeNull()
  })
})
