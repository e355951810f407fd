/** What is on the screen when the core's question about hosts changes under it. */
import { describe, expect, it } from 'vitest'
import { questionAfter } from '../../../src-renderer/state/hosts.ts'

const host = (name: string) => ({ host: name, deliveries: 1, isPassedOnTo: false })
const NOTHING = { asked: [], open: [], putOff: [] }

describe('the question about hosts', () => {
  it('is about all that are asked for when it opens', () => {
    expect(questionAfter(NOTHING, [host('a'), host('b')]).open).toEqual(['a', 'b'])
  })

  it('takes no host in while it stands; the next question is about those', () => {
    const open = questionAfter(NOTHING, [host('a')])
    const more = questionAfter(open, [host('a'), host('b')])
    expect(more.open).toEqual(['a'])
    expect(questionAfter(more, [host('b')]).open).toEqual(['b'])
  })

  it('does not come back for what was put off, until it is asked for anew', () => {
    const putOff = { asked: [host('a')], open: [], putOff: ['a'] }
    expect(questionAfter(putOff, [host('a')]).open).toEqual([])
    const settled = questionAfter(putOff, [])
    expect(settled.putOff).toEqual([])
    expect(questionAfter(settled, [host('a')]).open).toEqual(['a'])
  })
})
