import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pack, unpack, type WriteValue } from '../../src-main/store/write-message.ts'

const value: fc.Arbitrary<WriteValue> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'binary-ascii', minLength: 28, maxLength: 80 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(null),
  fc.uint8Array({ maxLength: 80 }),
)
const write = fc.record({ statement: fc.nat(50), values: fc.array(value, { maxLength: 8 }) })
const group = fc.array(fc.array(write, { maxLength: 4 }), { maxLength: 4 })

const plain = (of: WriteValue) => (of instanceof Uint8Array ? { bytes: [...of] } : of)
const plainGroup = (entries: ReturnType<typeof unpack>) =>
  entries.map((entry) =>
    entry.map(({ statement, values }) => ({ statement, values: values.map(plain) })),
  )

it('a group is the same on the other side, whatever its values are', () => {
  fc.assert(
    fc.property(group, (entries) => {
      const crossed = structuredClone(pack(entries, ['SELECT 1']))
      expect(crossed.newStatements).toEqual(['SELECT 1'])
      expect(plainGroup(unpack(crossed))).toEqual(plainGroup(entries))
    }),
  )
})

it('half a character is the one that stands for what cannot be read', () => {
  const half = `${'é'.repeat(20)}\ud83d${'x'.repeat(20)}`
  const write = { statement: 0, values: [half, 'after'] }
  expect(unpack(pack([[write]], []))).toEqual([
    [{ statement: 0, values: [half.toWellFormed(), 'after'] }],
  ])
})

it('a value that is longer than a length can say is refused', () => {
  const huge = { length: 2 ** 28 } as Uint8Array
  expect(() => pack([[{ statement: 0, values: [huge] }]], [])).toThrow(RangeError)
})
