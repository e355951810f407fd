/** Paths of request lines: which may be sent, and that none of their bytes is changed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactEndpoint, targetFault } from '../../../src-main/encode/index.ts'

const sendable = fc
  .array(fc.constantFrom(...'/?#%&=+.~:@;\\"<>|a0é\x80\x85\xa0\xff'), { maxLength: 30 })
  .map((characters) => `/${characters.join('')}`)

describe('the path of a request line', () => {
  it('stays what it is, whatever URLs make of such a path', () => {
    fc.assert(
      fc.property(sendable, (path) => {
        expect(targetFault(path)).toBeNull()
        expect(exactEndpoint(`HTTP://Example.com:80${path}`)).toEqual({
          origin: 'http://example.com',
          host: 'example.com',
          path,
        })
      }),
    )
  })

  it.each([
    ['', 'A path begins with /.'],
    ['x', 'A path begins with /.'],
    ['?a', 'A path begins with /.'],
    ['http://example.com/', 'A path begins with /.'],
    ['/a b', 'A space would end the path. Write %20, or + in a query.'],
    ['/a\r\nX: 1', 'A line break would end the request line. Write %0D or %0A.'],
    ['/a\n', 'A line break would end the request line. Write %0D or %0A.'],
    ['/a\tb', 'The control character U+0009 cannot stand in a request line. Write %09.'],
    ['/a\0', 'The control character U+0000 cannot stand in a request line. Write %00.'],
    ['/\x7f', 'The control character U+007F cannot stand in a request line. Write %7F.'],
    ['/☃', '“☃” cannot stand in a request line. Write %E2%98%83.'],
    ['/\ud800', 'The control character U+D800 cannot stand in a request line. Write %EF%BF%BD.'],
    ['/••••••••', 'A part of this path is masked. Write the whole path.'],
  ])('is refused in words: %j', (path, words) => {
    expect(targetFault(path)).toBe(words)
  })
})
