/** A place in a list while rows come and go around it. */
import { expect, test } from 'vitest'
import { AT_TOP, followed, type KeyOf, movedBy } from '../../../src-renderer/ui/kept-place.ts'

const keyOf =
  (keys: readonly (string | null)[]): KeyOf =>
  (index) =>
    keys[index] ?? null

const THIRD = { index: 2, key: 'c' }

test('the row is followed when others come on top of it, and when others above it go', () => {
  const grown = ['x', 'y', 'a', 'b', 'c', 'd']
  expect(followed(THIRD, grown.length, keyOf(grown))).toEqual({ index: 4, key: 'c' })
  const shrunk = ['b', 'c', 'd']
  expect(followed(THIRD, shrunk.length, keyOf(shrunk))).toEqual({ index: 1, key: 'c' })
})

test('a row that is gone gives way to the one that took its place, or to the last', () => {
  expect(followed(THIRD, 3, keyOf(['a', 'b', 'd']))).toEqual({ index: 2, key: 'd' })
  expect(followed(THIRD, 2, keyOf(['a', 'b']))).toEqual({ index: 1, key: 'b' })
})

test('what has not moved is the very same place, and so is the top', () => {
  expect(followed(THIRD, 3, keyOf(['a', 'b', 'c']))).toBe(THIRD)
  expect(followed(AT_TOP, 3, keyOf(['x', 'a', 'b']))).toBe(AT_TOP)
  expect(followed(THIRD, 0, keyOf([]))).toBe(THIRD)
})

test('a place whose row is not held stays, and takes the row once it is there', () => {
  expect(followed(THIRD, 4, keyOf(['a', 'b', null, null]))).toBe(THIRD)
  const unread = { index: 2, key: null }
  expect(followed(unread, 4, keyOf(['a', 'b', null, null]))).toBe(unread)
  expect(followed(unread, 4, keyOf(['a', 'b', 'c', 'd']))).toEqual(THIRD)
})

test('what is on screen moves by the first row of it that is still there', () => {
  const seen = [
    { index: 1, key: 'b' },
    { index: 2, key: 'c' },
  ]
  expect(movedBy(seen, 3, keyOf(['a', 'b', 'c']))).toBe(0)
  expect(movedBy(seen, 5, keyOf(['x', 'y', 'a', 'b', 'c']))).toBe(2)
  expect(movedBy(seen, 4, keyOf(['x', 'y', 'a', 'c']))).toBe(1)
  expect(movedBy(seen, 2, keyOf(['p', 'q']))).toBe(0)
})

test('a row is looked for near its place only, however long the list is', () => {
  const asked: number[] = []
  const place = followed({ index: 50_000, key: 'gone' }, 100_000, (index) => {
    asked.push(index)
    return `row ${index}`
  })
  expect(place).toEqual({ index: 50_000, key: 'row 50000' })
  expect(asked.length).toBeLessThan(2_000)
})
