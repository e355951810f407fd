/** Imports that are read on a thread of their own: as on this one, and nothing waits meanwhile. */
import { describe, expect, it } from 'vitest'
import { recognise } from '../../../src-main/interchange/recognise.ts'
import { recogniseApart } from '../../../src-main/transfer/recognise-apart.ts'

const request = { method: 'POST', url: 'http://127.0.0.1:1/a?b', headers: [], cookies: [] }
const har = { log: { version: '1.2', entries: [{ request, response: { status: 204 } }] } }

describe('an import that is read on a thread', () => {
  it.each([
    ['cURL', "curl 'http://127.0.0.1:1/a' -H 'X-A: 1' -d 'é'"],
    ['a HAR', JSON.stringify(har)],
    ['raw HTTP', 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi'],
    ['JSON events', '[{"type":"meeting.booked","n":1.0},{"type":"other"}]'],
    ['a Hookstage file', '{"hookstage":{"version":1},"samples":[]}'],
  ])('is what it is on this one: %s', async (_kind, text) => {
    const bytes = Buffer.from(text)
    const here = attempt(() => recognise(bytes))
    const apart = await recogniseApart(bytes, 0).then(plain, (error: unknown) => error)
    expect(apart).toEqual(here)
  })

  it('is refused in the same words', async () => {
    const bytes = Buffer.from('{"a":')
    const refused = await recogniseApart(bytes, 0).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'invalid' })
    expect(refused).toEqual(expect.objectContaining({ message: messageOf(bytes) }))
  })

  it('holds nothing up while it is read', async () => {
    const one = `{"type":"meeting.booked","list":[${'1,'.repeat(200_000)}1]}`
    const bytes = Buffer.from(`[${Array.from({ length: 40 }, () => one).join(',')}]`)
    let turns = 0
    const turn = () => {
      turns += 1
      next = setImmediate(turn)
    }
    let next = setImmediate(turn)
    const found = await recogniseApart(bytes)
    clearImmediate(next)
    expect(found).toMatchObject({ from: 'json' })
    // On this thread it would be over before the first turn.
    expect(turns).toBeGreaterThan(5)
  })
})

/** As it comes from a thread: bytes are plain, and are compared as such. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, each) => bytesOf(each)))
}

function bytesOf(value: unknown): unknown {
  const isBuffer = typeof value === 'object' && value !== null && 'type' in value && 'data' in value
  if (isBuffer && value.type === 'Buffer') return value.data
  return value instanceof Uint8Array ? [...value] : value
}

function attempt(work: () => unknown): unknown {
  try {
    return plain(work())
  } catch (error) {
    return error
  }
}

function messageOf(bytes: Uint8Array): string {
  const error = attempt(() => recognise(bytes))
  return error instanceof Error ? error.message : ''
}
