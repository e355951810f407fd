/** Bodies compared by what they say, or by lines and bytes where they say nothing that is known. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { CompareRule } from '#contract'
import { compared, FORM_HEAD, linesOf, type WrittenMessage } from '../../support/compared.ts'

const path = (pattern: string): CompareRule => ({ id: pattern, kind: 'path', pattern, isOn: true })

function json(left: unknown, right: unknown, rules: readonly CompareRule[] = []) {
  return compared({ body: JSON.stringify(left) }, { body: JSON.stringify(right) }, { rules }).body
}

describe('JSON', () => {
  it.each<[string, string, string, string[]]>([
    ['a value', '{"a":1}', '{"a":2}', ['a: 1 → 2']],
    ['a number as it is written', '{"a":1.0}', '{"a":1}', ['a: 1.0 → 1']],
    [
      'a big number',
      '[12345678901234567890]',
      '[12345678901234567891]',
      ['[0]: 12345678901234567890 → 12345678901234567891'],
    ],
    ['another type', '{"a":"1"}', '{"a":1}', ['a: "1" → 1']],
    ['a list for an object', '{"a":{"b":1}}', '{"a":[1]}', ['a: {"b":1} → [1]']],
    ['what is new', '{"a":1}', '{"a":1,"b":{"c":[]}}', ['b: – → {"c":[]}']],
    ['what is gone', '{"a":1,"b":null}', '{"a":1}', ['b: null → –']],
    ['an odd key', '{"a.b":{"":1}}', '{"a.b":{"":2}}', ['["a.b"][""]: 1 → 2']],
    ['a key that stands there twice', '{"a":1,"a":2}', '{"a":1,"a":3}', ['a: 2 → 3']],
    ['all of it', '[]', '{}', ['(all of it): [] → {}']],
    ['what is new in a list', '{"l":[1,2,3]}', '{"l":[1,9,2,3]}', ['l[1]: – → 9']],
    [
      'what is gone from a list',
      '[{"x":1},{"x":2},{"x":3}]',
      '[{"x":2},{"x":3}]',
      ['[0]: {"x":1} → –'],
    ],
    [
      'an item by its id',
      '[{"id":1,"n":"a"},{"id":2,"n":"b"},{"id":3,"n":"c"}]',
      '[{"id":1,"n":"a"},{"id":3,"n":"C"}]',
      ['[2].n / [1].n: "c" → "C"', '[1]: {"id":2,"n":"b"} → –'],
    ],
  ])('shows %s', (_what, left, right, lines) => {
    const { body } = compared({ body: left }, { body: right })
    expect([body.kind, linesOf(body).sort()]).toEqual(['json', [...lines].sort()])
    expect([body.differences, body.note]).toEqual([lines.length, null])
  })

  it.each([
    ['white space', '{"a":[1,2]}', '{ "a": [1, 2]\n}'],
    ['the order of keys', '{"a":1,"b":[{"c":1,"d":2}]}', '{"b":[{"d":2,"c":1}],"a":1}'],
    ['escapes', '{"a":"é/"}', '{"a":"\\u00e9\\/"}'],
    ['a byte order mark', '{"a":1}', '\ufeff{"a":1}'],
  ])('says that it is only written differently: %s', (_what, left, right) => {
    const { body } = compared({ body: left }, { body: right })
    expect([body.kind, body.differences, body.rows]).toEqual(['json', 0, []])
    expect(body.note).toMatch(/the values are the same\. The bytes differ/)
  })

  it.each([
    ['items', (length: number) => JSON.stringify(Array.from({ length }, () => 1))],
    ['members', (length: number) => JSON.stringify({ ...Array.from({ length }, () => 1) })],
    ['lists', (length: number) => JSON.stringify(Array.from({ length }, () => []))],
  ])('with more %s than are compared at once is compared as text, and that is said', (_, of) => {
    const bodyOf = (length: number) => compared({ body: of(length) }, { body: '{"a":1}' }).body
    const field = (value: string) => ({ head: FORM_HEAD, body: `p=${encodeURIComponent(value)}` })
    expect(compared(field(of(4_000)), field('{"a":1}')).body.note).toBeNull()
    expect(compared(field(of(12_000)), field('{"a":1}')).body).toMatchObject({
      kind: 'form',
      note: expect.stringMatching(/holds more than 10,000 values, so its text is compared/),
    })
    expect(bodyOf(4_000)).toMatchObject({ kind: 'json', note: null })
    expect(bodyOf(12_000)).toMatchObject({
      kind: 'text',
      note: expect.stringMatching(/more than 10,000 values, so the lines are compared/),
    })
  })

  it('leaves out what rules name, counts it, and aligns lists without it', () => {
    const item = (id: string, name: string) => ({ id, name, sentAt: `${id}!` })
    const left = { id: 'a', data: { id: 'kept' }, list: [item('1', 'x'), item('2', 'y')] }
    const right = {
      id: 'b',
      data: { id: 'other' },
      list: [item('3', 'new'), item('4', 'x'), item('5', 'y')],
    }
    const body = json(left, right, [path('id'), path('list.*.id'), path('**.sentAt')])
    expect(linesOf(body)).toEqual([
      '~ id: "a" → "b"',
      'data.id: "kept" → "other"',
      `list[0]: – → ${JSON.stringify(item('3', 'new'))}`,
      ...[1, 2].flatMap((place) => [
        `~ list[${place - 1}].id / list[${place}].id: "${place}" → "${place + 3}"`,
        `~ list[${place - 1}].sentAt / list[${place}].sentAt: "${place}!" → "${place + 3}!"`,
      ]),
    ])
    expect([body.differences, body.ignored]).toEqual([2, 5])
  })

  it('shows what is equal when asked to', () => {
    const { body } = compared(
      { body: '{"a":1,"b":[true]}' },
      { body: '{"a":2,"b":[true]}' },
      { withEqual: true },
    )
    expect(linesOf(body)).toEqual(['a: 1 → 2', '= b[0]: true → true'])
  })
})

describe('forms', () => {
  const form = (left: string, right: string, rules: readonly CompareRule[] = []) =>
    compared({ head: FORM_HEAD, body: left }, { head: FORM_HEAD, body: right }, { rules }).body

  it.each<[string, string, string, string[]]>([
    ['a field', 'a=1&b=2', 'a=1&b=3', ['b: 2 → 3']],
    ['repeated fields in turn', 'a=1&a=2&a=3', 'a=1&a=9', ['a [2]: 2 → 9', 'a [3]: 3 → –']],
    ['a new field', 'a=1', 'a=1&c[]=%20', ['c[]: – →  ']],
    [
      'JSON in a field by its structure',
      'payload=%7B%22a%22%3A1%2C%22id%22%3A1%7D',
      'payload={"a":2,"id":2}',
      ['payload → a: 1 → 2', '~ payload → id: 1 → 2'],
    ],
  ])('show %s', (_what, left, right, lines) => {
    const body = form(left, right, [path('id')])
    expect([body.kind, linesOf(body)]).toEqual(['form', lines])
  })

  it('that differ in escapes or order alone are the same, written differently', () => {
    const body = form('a=1+2&b=%C3%A9', 'b=é&a=1%202')
    expect([body.differences, body.note]).toEqual([0, expect.stringMatching(/order of keys/)])
  })
})

describe('other bodies', () => {
  const text = (left: string | Buffer, right: string | Buffer) =>
    compared({ body: left }, { body: right }).body

  it('are compared line by line, each difference with the lines around it', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`)
    const changed = lines.with(9, 'changed').toSpliced(15, 1)
    const body = text(lines.join('\n'), changed.join('\n'))
    expect([body.kind, body.differences]).toEqual(['text', 2])
    expect(linesOf(body)).toEqual([
      '= 8: line 8 → line 8',
      '= 9: line 9 → line 9',
      '10: line 10 → changed',
      '= 11: line 11 → line 11',
      '= 12: line 12 → line 12',
      '= 14: line 14 → line 14',
      '= 15: line 15 → line 15',
      '16: line 16 → –',
      '= 17 / 16: line 17 → line 17',
      '= 18 / 17: line 18 → line 18',
    ])
  })

  it('show a carriage return that one side has not', () => {
    expect(linesOf(text('a\r\nb', 'a\nb'))[0]).toBe('1: a␍ → a')
  })

  it('that are no text are compared by bytes, and say how much is the same', () => {
    const left = Buffer.concat([Buffer.alloc(100, 1), Buffer.from([0xff, 0]), Buffer.alloc(50, 2)])
    const right = Buffer.concat([Buffer.alloc(100, 1), Buffer.from([0xfe]), Buffer.alloc(50, 2)])
    const body = text(left, right)
    expect([body.kind, body.run]).toEqual(['bytes', { sameAtStart: 100, sameAtEnd: 50 }])
    expect(body.rows[0]?.left).toMatchObject({ label: '00000060' })
    expect(body.rows[0]?.left?.text).toMatch(/^01 01 01 01 ff 00 {32,}\.{6}$/)
  })

  it('that are compressed are compared by what they hold', () => {
    const head = 'POST / HTTP/1.1\r\nContent-Encoding: gzip\r\n\r\n'
    const zip = (body: string, level = 6): WrittenMessage => ({
      head,
      body: gzipSync(body, { level }),
    })
    const { body } = compared(zip('{"a":1}'), zip('{"a":2}'))
    expect(linesOf(body)).toEqual(['a: 1 → 2'])
    const same = compared(zip('x'.repeat(500), 1), zip('x'.repeat(500), 9)).body
    expect([same.differences, same.note]).toEqual([0, expect.stringMatching(/^Decompressed/)])
  })

  it('say when they are too large for more than lines or bytes', () => {
    const line = `{"a":"${'b'.repeat(91)}"},\n`
    const large = (size: number, end: string) => `${line.repeat(size / 100)}${end}`
    const lines = text(large(600_000, '1'), large(600_000, '2'))
    expect([lines.kind, lines.differences]).toEqual(['text', 1])
    expect(lines.note).toMatch(/larger than 256 KB/)
    const bytes = text(large(3_000_000, '1'), large(3_000_000, '2'))
    expect([bytes.kind, bytes.differences, bytes.run?.sameAtEnd]).toEqual(['bytes', 1, 0])
    expect(bytes.note).toMatch(/larger than 2 MB/)
  })

  it('of very many lines are compared by bytes', () => {
    const body = text('\n'.repeat(40_000), '\n'.repeat(40_001))
    expect([body.kind, body.differences]).toEqual(['bytes', 1])
    expect(body.note).toMatch(/more than 30,000 lines/)
  })

  it('keep a bounded number of rows and count the others', () => {
    const list = (offset: number) => Array.from({ length: 2_000 }, (_, index) => [index + offset])
    const body = json(list(0), list(5_000))
    expect([body.rows.length, body.differences, body.leftOut]).toEqual([500, 2_000, 1_500])
  })
})

describe('nothing', () => {
  it('is different where both are the same, byte for byte, or empty', () => {
    const same = compared({ body: 'a\0' }, { body: 'a\0' }).body
    expect([same.kind, same.differences, same.rows]).toEqual(['same', 0, []])
    expect(compared({ body: '' }, { body: '' }).body.kind).toBe('none')
  })
})
