/** Notes on their way to the core: nothing that was typed is lost, whatever becomes of the pane. */
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { CaptureId } from '#contract'
import { openCore } from '../../../src-renderer/state/core.ts'
import { notes } from '../../../src-renderer/state/notes.ts'

const [A, B] = ['cap_a', 'cap_b'] as [CaptureId, CaptureId]
const kept = new Map<string, string>()
let failure: Error | null = null
let calls = 0

beforeEach(async () => {
  failure = null
  openCore({
    capture: {
      setNote: async ({ captureId, note }: { captureId: string; note: string }) => {
        calls += 1
        if (failure) throw failure
        kept.set(captureId, note)
        return {}
      },
    },
  } as unknown as Parameters<typeof openCore>[0])
  await notes.flush()
  kept.clear()
  calls = 0
})

test('what was typed reaches the core though its field is never left', async () => {
  notes.edit(A, 'the o')
  notes.edit(A, 'the odd one')
  notes.edit(B, 'another')
  expect(notes.typed(A)).toBe('the odd one')
  await notes.flush()
  expect(Object.fromEntries(kept)).toEqual({ [A]: 'the odd one', [B]: 'another' })
  expect(calls).toBe(2)
  expect(notes.typed(A)).toBeUndefined()
})

test('what the core could not be told while it was away is kept, and told again by itself', async () => {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  failure = new Error('away')
  notes.edit(A, 'typed while away')
  await notes.save(A)
  expect(notes.typed(A)).toBe('typed while away')
  failure = null
  await vi.advanceTimersByTimeAsync(2_500)
  expect(kept.get(A)).toBe('typed while away')
  expect(notes.typed(A)).toBeUndefined()
})

test('leaving the field again sends again what failed, and says what was refused', async () => {
  failure = Object.assign(new Error('It is not there any more.'), { code: 'not_found' })
  notes.edit(A, 'of one that is gone')
  await expect(notes.save(A)).rejects.toThrow('It is not there any more.')
  expect(notes.typed(A)).toBe('of one that is gone')
  failure = null
  await notes.save(A)
  expect(kept.get(A)).toBe('of one that is gone')
  await notes.save(A)
  expect(calls).toBe(2)
})
