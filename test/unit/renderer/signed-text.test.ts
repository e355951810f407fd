/** What was signed as one string, and a recorded request as raw text: exact, or said not to be. */
import { expect, test } from 'vitest'
import type { MessageView, SignedPart } from '#contract'
import { rawRequestOf } from '../../../src-renderer/inspector/raw-request.ts'
import { signedText } from '../../../src-renderer/inspector/signed-text.ts'

const HEAD: SignedPart[] = [
  { kind: 'text', text: 'msg_1', label: 'id' },
  { kind: 'text', text: '.', label: '' },
]
const bodyPart = (change: Partial<Extract<SignedPart, { kind: 'body' }>>): SignedPart => ({
  kind: 'body',
  bytes: 4,
  text: 'añb',
  cut: false,
  ...change,
})

test('the parts make one string, exact when every byte of the body is there', () => {
  expect(signedText([...HEAD, bodyPart({})])).toEqual({ text: 'msg_1.añb', isExact: true })
})

test.each([
  ['cut', bodyPart({ cut: true })],
  ['no text', bodyPart({ text: null })],
  ['masked to another length', bodyPart({ text: 'a' })],
  ['masked to the same length', bodyPart({ text: '•b' })],
])('a body that is %s is not exact', (_, part) => {
  expect(signedText([...HEAD, part]).isExact).toBe(false)
})

function message(body: Uint8Array, change: Partial<MessageView> = {}): MessageView {
  return {
    startLine: 'POST /in HTTP/1.1',
    headers: [
      { name: 'Host', value: 'x', masked: false },
      { name: 'X-Hub-Signature-256', value: 'sha256=00', masked: false },
    ],
    headBytes: 60,
    bodyBytes: body.length,
    truncated: false,
    contentType: 'application/json',
    contentEncoding: null,
    message: null,
    body: {
      base64: btoa(String.fromCharCode(...body)),
      shownBytes: body.length,
      text: null,
      pretty: null,
      form: null,
      note: null,
    },
    hasSecrets: false,
    ...change,
  }
}
const utf8 = (text: string) => new TextEncoder().encode(text)

test('a recorded request becomes raw text, its body byte for byte', () => {
  expect(rawRequestOf(message(utf8('\ufeff{"a":"ñ"}\r\n')))).toEqual({
    text: 'POST /in HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: sha256=00\r\n\r\n\ufeff{"a":"ñ"}\r\n',
    note: null,
  })
})

test('a request that cannot be had as exact text says why', () => {
  const cut = rawRequestOf(message(utf8('{}'), { bodyBytes: 9_000 }))
  expect(cut).toMatchObject({ problem: expect.stringContaining('Only the first 2') })
  expect(rawRequestOf(message(utf8('{}'), { truncated: true }))).toHaveProperty('problem')
  const binary = rawRequestOf(message(new Uint8Array([0xff, 0xfe])))
  expect(binary).toMatchObject({ problem: expect.stringContaining('not UTF-8') })
})

test('a body with a masked secret is handed over with a warning', () => {
  const masked = rawRequestOf(message(utf8('{"token":"••••1234"}'), { hasSecrets: true }))
  expect(masked).toMatchObject({ note: expect.stringContaining('masked') })
  expect(rawRequestOf(message(utf8('{"list":"•"}')))).toMatchObject({ note: null })
})
