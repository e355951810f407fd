/**
 * Every event, from many seeds, in every encoding, read back by parsers that are not ours: what they
 * read is the payload, or the difference was listed, and nothing is listed that is carried well.
 */
import qs from 'qs'
import { describe, expect, it } from 'vitest'
import { type ConversionLoss, EVENT_NAMES, type EventName, type FormEncoding } from '#contract'
import { generateSample } from '../../src-main/catalogue/index.ts'
import { encodeBody } from '../../src-main/encode/index.ts'
import { parsePhpForm } from '../support/php-form.ts'

const SEEDS = Array.from({ length: 15 }, (_, index) => index * 977)

interface Encoded {
  readonly payload: unknown
  readonly text: string
  readonly losses: readonly ConversionLoss[]
}

function encoded(event: EventName, seed: number, formEncoding: FormEncoding | null): Encoded {
  const payload: unknown = JSON.parse(JSON.stringify(generateSample(event, seed)))
  const { bytes, losses } = encodeBody(JSON.stringify(payload, null, 2), {
    contentType: formEncoding ? 'application/x-www-form-urlencoded' : 'application/json',
    formEncoding: formEncoding ?? 'payload',
    formField: 'payload',
    jsonStyle: 'compact',
  })
  return { payload, text: Buffer.from(bytes).toString('utf8'), losses }
}

/** Paths of the leaves, and of the lists and objects, that are not the same on both sides. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (typeof a !== 'object' || a === null) return a === b ? [] : [path]
  if (typeof b !== 'object' || b === null || Array.isArray(a) !== Array.isArray(b)) return [path]
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].flatMap((key) =>
    differences(Reflect.get(a, key), Reflect.get(b, key), path ? `${path}.${key}` : key),
  )
}

/** Differences below a listed path belong to it. */
function expectListed({ payload, losses }: Encoded, read: unknown, event: EventName): void {
  const listed = losses.map(({ path }) => path)
  const isListed = (path: string) =>
    listed.some((known) => path === known || path.startsWith(`${known}.`))
  expect(
    differences(payload, read).filter((path) => !isListed(path)),
    event,
  ).toEqual([])
}

/** What an encoding is said to change, whoever reads it, has changed. */
function expectTrue({ payload, losses }: Encoded, read: unknown, event: EventName): void {
  const certain = losses.filter(({ note }) => /becomes|vanishes|arrives as/.test(note))
  const changed = differences(payload, read)
  const isChanged = (path: string) =>
    changed.some((known) => `${known}.`.startsWith(`${path}.`) || path.startsWith(`${known}.`))
  expect(
    certain.filter(({ path }) => !isChanged(path)),
    event,
  ).toEqual([])
}

const cases = EVENT_NAMES.map((event) => [event] as const)

describe('an event read back by others', () => {
  it.each(cases)('is the same as JSON and in a payload field: %s', (event) => {
    for (const seed of SEEDS) {
      const json = encoded(event, seed, null)
      expect(JSON.parse(json.text)).toEqual(json.payload)
      const form = encoded(event, seed, 'payload')
      const fields = [...new URLSearchParams(form.text)]
      expect(fields).toEqual([['payload', json.text]])
      expect([...json.losses, ...form.losses]).toEqual([])
    }
  })

  it.each(cases)('has its top-level fields under flat: %s', (event) => {
    for (const seed of SEEDS) {
      const flat = encoded(event, seed, 'flat')
      const fields = Object.fromEntries(new URLSearchParams(flat.text))
      expectListed(flat, fields, event)
      expectTrue(flat, fields, event)
      const parsed = Object.entries(fields).map(([key, value]): [string, unknown] => [
        key,
        value.startsWith('{') ? JSON.parse(value) : value,
      ])
      expect(Object.fromEntries(parsed)).toEqual(flat.payload)
    }
  })

  it.each(cases)('has its leaves under brackets and indices: %s', (event) => {
    for (const seed of SEEDS) {
      for (const formEncoding of ['brackets', 'indices'] as const) {
        const form = encoded(event, seed, formEncoding)
        for (const read of [qs.parse(form.text), parsePhpForm(form.text)]) {
          expectListed(form, read, event)
          expectTrue(form, read, event)
        }
      }
    }
  })
})
