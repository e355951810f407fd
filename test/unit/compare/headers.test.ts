/** Start lines, headers, rules, and what may be seen of secrets. */
import { describe, expect, it } from 'vitest'
import type { CompareRule } from '#contract'
import { compareMessages } from '../../../src-main/compare/index.ts'
import { createRules } from '../../../src-main/compare/rules.ts'
import { compared, comparedByDefault, linesOf } from '../../support/compared.ts'

const rule = (kind: CompareRule['kind'], pattern: string, isOn = true): CompareRule => ({
  id: 'r',
  kind,
  pattern,
  isOn,
})

function heads(left: readonly string[], right: readonly string[]) {
  const head = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n\r\n`
  return comparedByDefault({ head: head(left), body: '' }, { head: head(right), body: '' })
}

const LINE = 'POST /in HTTP/1.1'

describe('very many headers', () => {
  it('are compared in small steps', () => {
    const head = (value: string) => {
      const lines = Array.from({ length: 20_000 }, (_, at) => `X-${at}: ${value}`)
      return Buffer.from(`${LINE}\r\n${lines.join('\r\n')}\r\n\r\n`)
    }
    const [left, right] = ['a', 'b'].map((value) => ({ head: head(value), body: Buffer.of() }))
    if (!left || !right) throw new Error('no sides')
    const how = { rules: [], withEqual: false, secrets: [] }
    let steps = 0
    for (const _ of compareMessages(left, right, how)) steps += 1
    // Of each side twice: to compare them, and for their order.
    expect(steps).toBeGreaterThan((4 * 20_000) / 200)
  })
})

describe('headers', () => {
  it('are compared in turn, by name whatever its case, which counts', () => {
    const { headers } = heads(
      [LINE, 'X-A: 1', 'x-a: 2', 'Accept: */*', 'X-Gone: 1'],
      [LINE, 'X-A: 1', 'X-A: 3', 'accept: */*', 'X-New: 1'],
    )
    expect(linesOf({ ...headers, kind: 'none', run: null, note: null })).toEqual([
      'x-a / X-A: 2 → 3',
      'Accept / accept: */* → */*',
      'X-Gone: 1 → –',
      'X-New: – → 1',
    ])
    expect([headers.differences, headers.isSameOrder]).toEqual([4, true])
  })

  it('say when only their order differs', () => {
    const { headers } = heads([LINE, 'X-A: 1', 'X-B: 2'], [LINE, 'X-B: 2', 'X-A: 1'])
    expect([headers.differences, headers.isSameOrder]).toEqual([0, false])
  })

  it('that are volatile do not count: times, ids, signatures, the connection’s own', () => {
    const volatile = (value: string) =>
      [
        'Date',
        'webhook-id',
        'webhook-signature',
        'X-Hub-Signature-256',
        'Stripe-Signature',
        'X-Slack-Signature',
        'X-Request-Id',
        'traceparent',
        'Host',
        'Content-Length',
      ].map((name) => `${name}: ${value}`)
    const { headers } = heads([LINE, ...volatile('1')], [LINE, ...volatile('2')])
    expect([headers.differences, headers.ignored]).toEqual([0, 10])
  })

  it('that differ in a secret say so and show neither', () => {
    const { headers } = heads(
      [LINE, 'Authorization: Bearer abcdefgh-1234-tail'],
      [LINE, 'Authorization: Bearer zzzzzzzz-9999-tail'],
    )
    expect([headers.differences, headers.rows[0]?.isHidden]).toEqual([1, true])
    expect(JSON.stringify(headers)).not.toMatch(/abcdefgh|zzzzzzzz/)
  })
})

describe('start lines', () => {
  it('are compared by their parts', () => {
    const { startLine } = heads(['POST /a?x=1 HTTP/1.1'], ['PUT /a?x=1 HTTP/1.0'])
    expect(startLine.rows.map(({ left, right }) => [left?.label, left?.text, right?.text])).toEqual(
      [
        ['Method', 'POST', 'PUT'],
        ['Version', 'HTTP/1.1', 'HTTP/1.0'],
      ],
    )
    expect(heads(['HTTP/1.1 200 OK'], ['HTTP/1.1 500 Oh no']).startLine.rows).toMatchObject([
      { left: { label: 'Status', text: '200 OK' }, right: { text: '500 Oh no' } },
    ])
  })
})

describe('a rule for a path', () => {
  it.each<[string, string[], boolean]>([
    ['id', ['id'], true],
    ['id', ['data', 'id'], false],
    ['data', ['data', 'id', 'x'], true],
    ['*.id', ['data', 'id'], true],
    ['*.id', ['id'], false],
    ['**.id', ['id'], true],
    ['**.id', ['a', '0', 'id', 'below'], true],
    ['a.**.z', ['a', 'z'], true],
    ['a.**.z', ['a', 'b', 'c', 'z'], true],
    ['a.**.z', ['b', 'z'], false],
    ['$.items[*].at', ['items', '3', 'at'], true],
    ['items[0].at', ['items', '1', 'at'], false],
    ['', ['a'], false],
    ['**', ['a'], true],
  ])('%s: %j %s', (pattern, segments, holds) => {
    expect(createRules([rule('path', pattern)]).path(segments) !== null).toBe(holds)
  })

  it('does nothing while it is off', () => {
    expect(createRules([rule('path', 'id', false)]).path(['id'])).toBeNull()
  })

  it('of many wildcards is judged at once', () => {
    const pattern = Array.from({ length: 100 }, () => '**.a').join('.')
    const segments = Array.from({ length: 250 }, () => 'a')
    expect(createRules([rule('path', `${pattern}.b`)]).path(segments)).toBeNull()
  })
})

describe('a rule for a header', () => {
  it.each([
    ['x-*-id', 'X-Trace-ID', true],
    ['x-*-id', 'Y-X-a-id', false],
    ['a.c', 'abc', false],
    ['*', 'anything', true],
  ])('%s: %s %s', (pattern, name, holds) => {
    expect(createRules([rule('header', pattern)]).header(name) !== null).toBe(holds)
  })
})

describe('secrets', () => {
  const SECRET = 'whsec_s3cret-s3cret'
  const masked = (left: string | Buffer, right: string | Buffer) =>
    compared({ body: left }, { body: right }, { secrets: [SECRET, 'other-s3cret-value'] }).body

  it.each([
    ['JSON', `{"a":"${SECRET}"}`, '{"a":"other-s3cret-value"}'],
    ['a key', `{"${SECRET}":1}`, '{"other-s3cret-value":1}'],
    ['text', `x ${SECRET} y`, 'x other-s3cret-value y'],
    ['a long value', `{"a":"${'y'.repeat(10_000)}${SECRET}${'z'.repeat(10_000)}"}`, '{"a":1}'],
    [
      'the edge of what is shown',
      `{"a":"${'y'.repeat(1_990)}${SECRET}${'z'.repeat(10_000)}"}`,
      '{"a":1}',
    ],
    ['bytes', Buffer.from(`\xff${SECRET}\xff`, 'latin1'), Buffer.from('\xff\xff', 'latin1')],
  ])('never leave in %s, and the difference is seen all the same', (_what, left, right) => {
    const body = masked(left, right)
    expect(body.differences).toBeGreaterThan(0)
    expect(JSON.stringify(body)).not.toMatch(/s3cret/)
    // In hex, too.
    expect(JSON.stringify(body)).not.toContain('73 33 63 72 65 74')
  })

  it('that alone differ are marked as hidden differences', () => {
    const body = compared(
      { body: '{"a":"aaaaaaaa-same"}' },
      { body: '{"a":"bbbbbbbb-same"}' },
      { secrets: ['aaaaaaaa-same', 'bbbbbbbb-same'] },
    ).body
    expect(body.rows).toMatchObject([{ isHidden: true, isEqual: false }])
  })
})
