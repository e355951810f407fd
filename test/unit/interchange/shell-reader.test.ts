/** What was meant for a shell is split into words as bash splits it, whatever its bytes are. */
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-main/errors.ts'
import { readShell } from '../../../src-main/interchange/shell-reader.ts'

/** What it writes, a character for each byte; null when bash does not take it. */
function writtenByBash(latin1: string): string | null {
  const { status, stdout } = spawnSync('bash', [], {
    input: Buffer.from(latin1, 'latin1'),
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
  })
  return status === 0 ? stdout.toString('latin1') : null
}

/** Behind a line break that ends the command stands another, which there need not be. */
const NO_MATTER = 'command_not_found_handle() { return 0; }'

function wordsOfBash(latin1: string): string[] | null {
  const script = `${NO_MATTER}\nprintf '%s\\0' x ${latin1}\n`
  return writtenByBash(script)?.split('\0').slice(1, -1) ?? null
}

function wordsHere(latin1: string): string[] | null {
  try {
    return readShell(`printf %s x ${latin1}\n`)[0]?.words.slice(3) ?? []
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
    ['a comment, which goes to the end of its line', 'a #b\\\n:', ['a']],
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
      { numRuns: 40, seed: 4 },
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

describe('what a command reads', () => {
  const read = (text: string) => readShell(text)[0]
  const letters = fc.constantFrom(
    '\\',
    ...'abcefnrtvxuU0189AE"?',
    '\\x41',
    '\\u00e9',
    '\\0101',
    '%%',
  )

  it('is what printf writes', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 8 }), (pieces) => {
        const command = `printf -- '${pieces.join('')}'`
        expect(read(`${command} | curl`)?.stdin).toBe(writtenByBash(command))
      }),
      { numRuns: 40, seed: 4 },
    )
  })

  it.each(['', '-e', '-n', '-ne', '-en -E', '-E -e', '-x'])('is what echo %s writes', (options) => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 8 }), (pieces) => {
        const command = `echo ${options} '${pieces.join('')}' b`
        expect(read(`${command} | curl`)?.stdin).toBe(writtenByBash(command))
      }),
      { numRuns: 10, seed: 4 },
    )
  })

  const here = fc.constantFrom('\\', '\\', '\n', 'a', '$', '`', '"', "'", '\t', 'EOF', '\nEOF')

  it.each(['<<EOF', '<<-EOF', "<<'EOF'", '<<E\\OF'])('is what stands behind %s', (operator) => {
    fc.assert(
      fc.property(fc.array(here, { maxLength: 12 }), (pieces) => {
        const document = `${operator}\n${pieces.join('')}\nEOF\n`
        const written = writtenByBash(`cat ${document}`)
        // Where it ends before, the rest of it is no command.
        fc.pre(written !== null)
        const command = read(`curl ${document}`)
        // What a shell would expand stands as it is.
        fc.pre(command?.notes.length === 0)
        expect(command?.stdin).toBe(written)
      }),
      { numRuns: 20, seed: 4 },
    )
  })

  it('says what would have been expanded in a here-document, and of another command nothing', () => {
    const [first, second] = readShell(
      'curl a <<EOF\n{"t": "$TOKEN", "d": "$(date)", "u": `id`, "p": "\\$5"}\nEOF\ncurl b -d $B\n',
    )
    expect(first?.stdin).toBe('{"t": "$TOKEN", "d": "$(date)", "u": `id`, "p": "$5"}\n')
    expect(first?.notes).toEqual([
      '$TOKEN is a variable of the shell: it stands as it is.',
      '$(…) would be run by a shell: it stands as it is.',
      '`…` would be run by a shell: it stands as it is.',
    ])
    expect(second?.notes).toEqual(['$B is a variable of the shell: it stands as it is.'])
    const literal = readShell("curl a <<'EOF'\n$TOKEN \\$\nEOF\n")[0]
    expect([literal?.stdin, literal?.notes]).toEqual(['$TOKEN \\$\n', []])
  })

  it('says where another shell may write something else', () => {
    const note = 'echo and printf are read as bash has them: other shells may take a \\ otherwise.'
    const notes = (text: string) => readShell(`${text} | curl x`)[0]?.notes
    expect(notes("echo -e 'a'")).toEqual([note])
    expect(notes("echo 'a\\n'")).toEqual([note])
    expect(notes("printf '\\x41'")).toEqual([note])
    expect(notes("echo -n 'a'")).toEqual([])
    expect(notes("printf 'a\\n\\101'")).toEqual([])
    expect(readShell('{ echo -e a; printf b; } |\ncurl x')[0]).toMatchObject({
      stdin: 'a\nb',
      notes: [note],
    })
  })
})
