import { describe, expect, it } from 'vitest'
import { createRuntime } from '../../src-main/runtime.ts'

describe('identifiers', () => {
  it('are new each time and sort in the order in which they were made', () => {
    const { newId } = createRuntime()
    const ids = Array.from({ length: 5_000 }, () => newId('evt'))
    expect(ids.every((id) => /^evt_[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
  })
})
