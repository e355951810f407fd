/** What is known of a question while it is being asked, and when it cannot be answered. */
import { expect, it } from 'vitest'
import { type Answers, askedOf } from '../../../src-renderer/state/asked.ts'

const fault = { message: 'Not so.', problems: [] }
const had = { key: '"a"', of: 'a', value: 1 }

it('is busy until it is answered or refused', () => {
  const none: Answers<number, string> = { had: null, failed: null }
  expect(askedOf(none, '"a"')).toMatchObject({ value: null, of: null, isStale: true, isBusy: true })
  expect(askedOf({ had, failed: null }, '"a"')).toMatchObject({ isStale: false, isBusy: false })
  const refused = { had: null, failed: { key: '"a"', fault } }
  expect(askedOf(refused, '"a"')).toMatchObject({ isStale: true, isBusy: false })
})

it('keeps the last value beside the question that it answers, never as an answer to another', () => {
  const refused = { had, failed: { key: '"b"', fault } }
  expect(askedOf(refused, '"b"')).toMatchObject({
    value: 1,
    of: 'a',
    isStale: true,
    isBusy: false,
    problem: 'Not so.',
  })
  expect(askedOf({ had, failed: null }, '"b"')).toMatchObject({ of: 'a', isStale: true })
})

it('stays an answer when asking the same again fails', () => {
  const again = { had, failed: { key: '"a"', fault } }
  expect(askedOf(again, '"a"')).toMatchObject({ value: 1, isStale: false, problem: 'Not so.' })
})

it('says what stands against a field rather than that something does', () => {
  const problems = [{ field: 'url', severity: 'error' as const, message: 'No URL.' }]
  const refused = { had: null, failed: { key: '"a"', fault: { message: 'Refused.', problems } } }
  expect(askedOf(refused, '"a"')).toMatchObject({ problem: 'No URL.', fault: { problems } })
})
