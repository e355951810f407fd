/** What was meant for a shell is split into words as bash splits it, whatever its bytes are. */
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-main/errors.ts'
import { readShell } from '../../../src-main/interchange/shell-reader.ts'

/** What bash makes of it; null when it does not take it. */
function wordsOfBash(latin1: string): string[] | null {
  const { status, stdout } = spawnSync('bash', [], {
    input: Buffer.from(`printf '%s\\0' x ${latin1}\n`, 'latin1'),
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
  })
  return status === 0 ? stdout.toString('latin1').split('\0').slice(1, -1) : null
}

function wordsHere(latin1: string): string[] | null {
  try {
    return readShell(`printf %s x ${latin1}\n`).flatMap(({ words }) => words.slice(3))
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    return null
  }
}

const SHELLS_OWN = fc.constantFrom(
  ...' \t\'"\\#'.split(''),
  '\\\n',
  "$'",
  '$"',
  '\\x41',
  '\\u00e9',
  '\\101',
  '\\n',
)
const BYTE = fc.integer({ min: 1, max: 0xff }).map((code) => String.fromCharCode(code))
/** Bytes that mean nothing to a shell: JavaScript takes some of them for white space. */
const MEANINGLESS = fc.constantFrom(...'ab\f\v\x1c\x85\xa0\xc3\xff')

describe('words', () => {
  it.each([
    ['a letter whose last byte is A0', 'voil\xc3\xa0 b', ['voil\xc3\xa0', 'b']],
    ['a non-breaking space', 'a\xc2\xa0b', ['a\xc2\xa0b']],
    ['a form feed', '\fa\f b', ['\fa\f', 'b']],
  ])('%s', (_what, text, words) => {
    expect(wordsHere(text)).toEqual(words)
    expect(wordsOfBash(text)).toEqual(words)
  })

  it('are those of bash', () => {
    const text = fc.array(fc.oneof(SHELLS_OWN, MEANINGLESS), { maxLength: 14 })
    fc.assert(
      fc.property(text, (pieces) => {
        expect(wordsHere(pieces.join(''))).toEqual(wordsOfBash(pieces.join('')))
      }),
      { numRuns: 40 },
    )
  })

  it('come to an end, whatever the bytes are', () => {
    const text = fc.array(fc.oneof(BYTE, SHELLS_OWN, fc.constantFrom('<<', '|', '$(', '{', '\n')))
    fc.assert(
      fc.property(text, (pieces) => {
        const bytes = pieces.join('')
        const words = wordsHere(bytes) ?? []
        expect(words.join('').length).toBeLessThanOrEqual(bytes.length * 3)
      }),
      { numRuns: 3_000 },
    )
  })

  it('say that a non-breaking space is no space to a shell', () => {
    expect(readShell('curl\xc2\xa0x y')[0]?.notes).toEqual([
      'A non-breaking space is no space to a shell: it belongs to the word that it stands in.',
    ])
    expect(readShell("curl 'a\xc2\xa0x' voil\xc3\xa0")[0]?.notes).toEqual([])
  })
})
