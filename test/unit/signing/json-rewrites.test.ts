/** What other writers make of JSON, compared with those writers themselves. */
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT_NAMES } from '#contract'
import { generateSample } from '../../../src-main/catalogue/index.ts'
import { bodyVariants } from '../../../src-main/signing/body-variants.ts'
import { jsonRewrites } from '../../../src-main/signing/json-rewrites.ts'

function rewrite(text: string, name: string): string | null | undefined {
  return jsonRewrites(text)
    .find((one) => one.name.includes(name))
    ?.write()
}

describe('JSON written anew', () => {
  it('is what JavaScript writes, compactly and laid out', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        const value: unknown = JSON.parse(text)
        // JavaScript puts names that are whole numbers first.
        fc.pre(!/"\d+":/.test(JSON.stringify(value)) && !text.includes('__proto__'))
        expect(rewrite(text, 'JavaScript')).toBe(JSON.stringify(value))
        expect(rewrite(text, 'two spaces')).toBe(JSON.stringify(value, null, 2))
        expect(rewrite(text, 'four spaces')).toBe(JSON.stringify(value, null, 4))
        expect(rewrite(text, 'tabs')).toBe(JSON.stringify(value, null, '\t'))
      }),
    )
  })

  it('is what Python writes, of every event', () => {
    const texts = EVENT_NAMES.map((event) => JSON.stringify(generateSample(event, 6), null, 2))
    const program = [
      'import json, sys',
      'texts = json.load(sys.stdin)',
      'styles = [{}, {"ensure_ascii": False}, {"separators": (",", ":")}]',
      'sorts = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}',
      'json.dump([[json.dumps(json.loads(t), **s) for s in styles + [sorts]] for t in texts], sys.stdout)',
    ].join('\n')
    const written = pythonOutput(program, JSON.stringify(texts))
    if (written === null) return
    const names = [
      'as Python’s json.dumps does',
      'without ASCII escapes',
      'compactly, with ASCII escapes',
      'sorted keys',
    ]
    const ours = texts.map((text) => names.map((name) => rewrite(text, name)))
    expect(ours).toEqual(JSON.parse(written))
  })

  it('keeps the numbers as they stood, where the writer does', () => {
    const text = '{ "a": 1.0, "b": 1e3, "c": 12345678901234567890 }'
    expect(rewrite(text, 'numbers as they stood')).toBe(
      '{"a":1.0,"b":1e3,"c":12345678901234567890}',
    )
    expect(rewrite(text, 'JavaScript')).toBe('{"a":1,"b":1000,"c":12345678901234567000}')
  })

  it('has slashes and <, >, & escaped as PHP and Go have them', () => {
    const text = '{"b":"a/b é","a":"<&>"}'
    expect(rewrite(text, 'PHP')).toBe('{"b":"a\\/b \\u00e9","a":"<&>"}')
    expect(rewrite(text, 'Go')).toBe('{"a":"\\u003c\\u0026\\u003e","b":"a/b é"}')
  })
})

/** Null, and said so, where there is no Python. */
function pythonOutput(program: string, input: string): string | null {
  try {
    return execFileSync('python3', ['-c', program], { input, encoding: 'utf8' })
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error
    console.info('There is no python3 here: its JSON was not compared.')
    return null
  }
}

describe('the variants of a body', () => {
  it('can all be made, whatever the bytes, and leave these as they are', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map(Buffer.from),
          fc.webQueryParameters().map(Buffer.from),
        ),
        (bytes) => {
          const before = Buffer.from(bytes)
          for (const { bytes: make } of bodyVariants(bytes)) make()
          expect(Buffer.from(bytes).equals(before)).toBe(true)
        },
      ),
    )
  })

  it('are not laid out where nesting would make hundreds of megabytes of one', () => {
    const deep = `${'['.repeat(250)}${'1,'.repeat(450_000)}1${']'.repeat(250)}`
    expect(rewrite(deep, 'four spaces')).toBeNull()
    expect(rewrite(deep, 'JavaScript')).toBe(deep)
    const asForms = bodyVariants(Buffer.from(deep)).filter(({ what }) => what.includes('per leaf'))
    expect(asForms.map(({ bytes }) => bytes())).toEqual([null, null])
  })

  it('are made in a moment of millions of line breaks, and are fewer of a very large body', () => {
    const started = performance.now()
    const large = bodyVariants(Buffer.from(`${'\n'.repeat(4_000_000)}x`))
    for (const { bytes } of large) bytes()
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(large.some(({ code }) => code === 'body_line_ends')).toBe(true)
    const json = (length: number) => Buffer.from(JSON.stringify({ a: 'x'.repeat(length) }))
    const spellings = (body: Uint8Array) =>
      bodyVariants(body).filter(({ what }) => what.startsWith('written anew')).length
    expect(spellings(json(1_000_000))).toBeGreaterThan(5)
    expect(spellings(json(2_000_000))).toBe(0)
  })
})
