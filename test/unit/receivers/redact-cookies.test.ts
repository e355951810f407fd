/** Cookies of other programs, in whatever a head is written like. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactCookies } from '../../../src-main/receivers/redact-cookies.ts'

const redacted = (text: string) => redactCookies(Buffer.from(text, 'latin1')).toString('latin1')

describe('cookies', () => {
  it.each([
    [
      'folded',
      'GET / HTTP/1.1\r\nCookie: a=1;\r\n b=2\r\nX: 1\r\n',
      'GET / HTTP/1.1\r\nCookie: ****\r\n****\r\nX: 1\r\n',
    ],
    ['before a blank', 'A\r\nCookie : z=3\r\n', 'A\r\nCookie : ***\r\n'],
    ['between bare line ends', 'A\ncookie: z=3\nX: 1\n\n', 'A\ncookie: ***\nX: 1\n\n'],
    ['between bare returns', 'A\rCookie: z=3', 'A\rCookie: ***'],
    ['in the first line', 'Cookie: z=3\r\n\r\n', 'Cookie: ***\r\n\r\n'],
    ['of the second kind', 'A\r\nCOOKIE2:z=3\r\n', 'A\r\nCOOKIE2:***\r\n'],
    ['none', 'A\r\nX: cookie: 1\r\nX-Cookie: 1\r\n', 'A\r\nX: cookie: 1\r\nX-Cookie: 1\r\n'],
  ])('are blotted out: %s', (_, head, shown) => {
    expect(redacted(head)).toBe(shown)
  })

  it('are never kept, and nothing else is touched', () => {
    const lineEnd = fc.constantFrom('\r\n', '\n')
    const blank = fc.stringMatching(/^[ \t]{0,3}$/)
    const value = fc.stringMatching(/^[a-z0-9=;]{1,20}$/)
    fc.assert(
      fc.property(
        lineEnd,
        fc.mixedCase(fc.constantFrom('cookie', 'cookie2')),
        blank,
        fc.array(value, { minLength: 1, maxLength: 4 }),
        (end, name, space, lines) => {
          const before = `POST /in HTTP/1.1${end}X: 1${end}${name}${space}:${space}`
          const after = `${end}Y: cookie${end}${end}`
          const shown = redacted(before + lines.join(`${end}\t`) + after)
          const blotted = shown.slice(before.length, -after.length)
          expect(shown).toBe(before + blotted + after)
          expect(blotted).toMatch(/^[*\r\n]+$/)
        },
      ),
    )
  })
})
