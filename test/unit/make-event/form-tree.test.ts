/** Names of fields as they come from anywhere: as long and as deep as a body can make them. */
import { expect, it } from 'vitest'
import { formAsJson } from '../../../src-main/make-event/form-tree.ts'

it('no index takes the place of one that is written', () => {
  const fields = ['a[1]', 'a[]', 'b[0]', 'b[2]', 'b[]'].map((name) => [name, name] as const)
  const read: unknown = JSON.parse(formAsJson(fields))
  expect(read).toEqual({
    a: { 1: 'a[1]', 2: 'a[]' },
    b: { 0: 'b[0]', 2: 'b[2]', 3: 'b[]' },
  })
})

it.each([
  ['a name of megabytes', 'x\xff\0'.repeat(4_000_000), 1],
  ['a name of megabytes with a step', `${'x'.repeat(12_000_000)}[y]`, 2],
  ['as many steps as are read', `a${'[b]'.repeat(63)}`, 64],
  ['one more', `a${'[b]'.repeat(64)}`, 1],
  ['a million steps', `a${'[b]'.repeat(1_000_000)}`, 1],
  ['a bracket that never ends', `a[b][${'c'.repeat(12_000_000)}`, 1],
  ['something behind the last bracket', 'a[b]c', 1],
  ['no head', '[b]', 1],
])('a form is read: %s', (_what, name, steps) => {
  let depth = 0
  for (let at: unknown = JSON.parse(formAsJson([[name, '1']])); typeof at === 'object'; depth++) {
    at = Object.values(at ?? {})[0]
  }
  expect(depth).toBe(steps)
})
