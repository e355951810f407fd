/** Sizes, durations and times as people read them; and the scroll bar of lists without end. */
import { expect, test } from 'vitest'
import { withoutVersion } from '#contract'
import { counted, formatBytes, formatCount } from '../../../src-renderer/ui/bytes.ts'
import { formatDuration } from '../../../src-renderer/ui/duration.ts'
import { MOST_SCROLL_PX, scrollScale } from '../../../src-renderer/ui/scaled-scroll.ts'
import { relativeWords } from '../../../src-renderer/ui/time.tsx'

test('thousands are set apart by a narrow space that does not break', () => {
  expect(formatCount(999)).toBe('999')
  expect(formatCount(1204)).toBe('1\u202f204')
  expect(formatCount(1_000_000)).toBe('1\u202f000\u202f000')
  expect(counted(1, 'byte', 'bytes')).toBe('1 byte')
  expect(counted(0, 'byte', 'bytes')).toBe('0 bytes')
})

test('sizes are exact while they are small, and have a unit that fits when they are not', () => {
  expect(formatBytes(0)).toBe('0 B')
  expect(formatBytes(9999)).toBe('9\u202f999 B')
  expect(formatBytes(10_240)).toBe('10 KB')
  expect(formatBytes(12_900)).toBe('12.6 KB')
  expect(formatBytes(1024 * 1024 - 1)).toBe('1 MB')
  expect(formatBytes(12 * 1024 * 1024)).toBe('12 MB')
  expect(formatBytes(3 * 1024 ** 3)).toBe('3 GB')
})

test('durations have two parts at most and keep their sign', () => {
  expect(formatDuration(0)).toBe('0 ms')
  expect(formatDuration(0.42)).toBe('0.4 ms')
  expect(formatDuration(41.3)).toBe('41 ms')
  expect(formatDuration(999.6)).toBe('1 s')
  expect(formatDuration(3210)).toBe('3.2 s')
  expect(formatDuration(59_960)).toBe('1 min')
  expect(formatDuration(125_000)).toBe('2 min 5 s')
  expect(formatDuration(3_780_000)).toBe('1 h 3 min')
  expect(formatDuration(-12)).toBe('−12 ms')
})

test('times are relative for a week, and a clock that is a little ahead does not say "in"', () => {
  const nowMs = Date.UTC(2026, 10, 23, 12)
  const ago = (seconds: number) => relativeWords(nowMs - seconds * 1000, nowMs)
  expect(ago(-5)).toBe('just now')
  expect(ago(2)).toBe('just now')
  expect(ago(12)).toBe('12 s ago')
  expect(ago(61)).toBe('1 min ago')
  expect(ago(7300)).toBe('2 h ago')
  expect(ago(3 * 86_400)).toBe('3 d ago')
  expect(ago(8 * 86_400)).toMatch(/^15 Nov/)
})

test('a list that fits scrolls one to one', () => {
  const scale = scrollScale(32_000, 500)
  expect(scale.scrollPx).toBe(32_000)
  expect(scale.toOffset(1234)).toBe(1234)
})

test('a million rows stay below the highest element of a browser, and both ends are reached', () => {
  const listPx = 32 * 1_000_000
  const scale = scrollScale(listPx, 500)
  expect(scale.scrollPx).toBe(MOST_SCROLL_PX)
  expect(scale.scrollPx * 4).toBeLessThan(33_554_428)
  expect(scale.toOffset(0)).toBe(0)
  expect(scale.toOffset(scale.scrollPx - 500)).toBe(listPx - 500)
  const offset = 12_345_678
  expect(scale.toOffset(scale.toScrollTop(offset))).toBeCloseTo(offset, 3)
})

test('a start line is shown without its version, and whole where it has none', () => {
  expect(withoutVersion('POST /in/echo?a=HTTP/1.1 HTTP/1.1')).toBe('POST /in/echo?a=HTTP/1.1')
  expect(withoutVersion('hello, is this HTTP?')).toBe('hello, is this HTTP?')
})
