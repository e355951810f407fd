/** What is said in the corner: that each thing done keeps a way back of its own. */
import { notifications, notificationsStore } from '@mantine/notifications'
import { beforeEach, expect, test } from 'vitest'
import { sayDone } from '../../../src-renderer/ui/or-say.ts'
import { say, undoLast } from '../../../src-renderer/ui/say.ts'

beforeEach(() => {
  notifications.clean()
})

const shown = () => {
  const { notifications: now, queue } = notificationsStore.getState()
  return now.length + queue.length
}

test('two things done with the same words are taken back one after the other', () => {
  const undone: string[] = []
  for (const id of ['a', 'b']) {
    say('1 capture was deleted.', { action: { label: 'Undo', onClick: () => undone.push(id) } })
  }
  expect(shown()).toBe(2)
  undoLast()
  undoLast()
  undoLast()
  expect(undone).toEqual(['b', 'a'])
  expect(shown()).toBe(0)
})

test('the same words without a way back are there once', () => {
  say('Hookstage did not answer.')
  say('Hookstage did not answer.')
  expect(shown()).toBe(1)
})

test('what can be taken back is said to be done once it is, and never when it failed', async () => {
  let isBack = false
  const done = Promise.resolve(async () => {
    isBack = true
  })
  expect(await sayDone(done, 'The rule x was removed.')).toBe(true)
  undoLast()
  expect(isBack).toBe(true)
  notifications.clean()
  expect(await sayDone(Promise.reject(new Error('away')), 'The rule x was removed.')).toBe(false)
  const [said] = notificationsStore.getState().notifications
  expect(said?.message).toBe('Hookstage did not answer. Try again in a moment.')
  expect(shown()).toBe(1)
})
