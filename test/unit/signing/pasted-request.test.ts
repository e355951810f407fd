import { expect, it } from 'vitest'
import { readPastedRequest } from '../../../src-main/signing/index.ts'

const READ = { headers: [['A', '1']], body: Buffer.from(' \n b \n') }

it.each([
  ['with a start line', 'POST /x HTTP/1.1\r\nA: 1\r\n\r\n \n b \n'],
  ['without one', 'A: 1\n\n \n b \n'],
  ['with blanks before the first name', '  A: 1\n\n \n b \n'],
  ['below blank lines', '\n \t\r\n\nA: 1\n\n \n b \n'],
  ['below millions of empty lines', `${'\n'.repeat(9_000_000)}A: 1\n\n \n b \n`],
])('a pasted request is read %s', (_how, text) => {
  expect(readPastedRequest(text)).toEqual(READ)
})

it('of nothing but blanks has nothing', () => {
  expect(readPastedRequest(' \n \n')).toEqual({ headers: [], body: Buffer.alloc(0) })
})
