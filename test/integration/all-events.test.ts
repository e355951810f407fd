/**
 * Every event in both content types and every form encoding, through the real dispatcher to a server
 * that records bytes: the bytes are those that the preview showed and the history keeps, and an
 * independent parser (qs, JSON.parse, URLSearchParams) reads the payload out of them.
 */
import qs from 'qs'
import { describe, expect, it } from 'vitest'
import {
  EVENT_NAMES,
  type EventName,
  FORM_ENCODINGS,
  type FormEncoding,
  type RequestPreview,
} from '#contract'
import { draftWith } from '../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../support/open-core.ts'
import { startWireServer, type WireServer } from '../support/wire-server.ts'

const SEED = 11

async function recordingServer(): Promise<WireServer> {
  return startWireServer({
    onRequest: (connection) =>
      connection.send('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok'),
  })
}

interface Sent {
  readonly payload: Record<string, unknown>
  readonly body: Buffer
  readonly preview: RequestPreview
}

async function sendOne(
  client: CoreClient,
  server: WireServer,
  event: EventName,
  change: Parameters<typeof draftWith>[0],
): Promise<Sent> {
  const draft = draftWith({
    event,
    endpoint: { kind: 'plain', text: `${server.origin}/in/${event}?v=1` },
    headers: [{ rowId: 'r', name: 'X-Mixed-CASE', value: { kind: 'plain', text: 'a  b' } }],
    ...change,
  })
  const webhook = await client.webhook.save({ webhookId: null, draft })
  const { payloadText } = await client.simulator.payload({ event, seed: SEED })
  const preview = await client.webhook.preview({
    webhookId: webhook.id,
    draft,
    seed: SEED,
    payloadText,
  })
  const fired = await client.simulator.fire({ event, payloadText, stamp: false })
  const [delivery] = await ended(client, fired.deliveries)
  const seen = server.requests.at(-1)
  const attempt = delivery?.attemptList[0]
  if (!delivery || !attempt || !seen) throw new Error('nothing was sent')
  expect(delivery).toMatchObject({ status: 'delivered', code: 'ok', httpStatus: 200 })
  await expectRecorded(client, attempt.id, seen, preview)
  await client.webhook.delete({ webhookIds: [webhook.id] })
  return { payload: JSON.parse(payloadText) as Sent['payload'], body: seen.body, preview }
}

/** What the inspector and the preview show is what the server got. */
async function expectRecorded(
  client: CoreClient,
  attemptId: Parameters<CoreClient['delivery']['exchange']>[0]['attemptId'],
  seen: WireServer['requests'][number],
  preview: RequestPreview,
): Promise<void> {
  const { request } = await client.delivery.exchange({ attemptId, whole: true })
  expect(Buffer.from(request?.body.base64 ?? '', 'base64').equals(seen.body)).toBe(true)
  const lines = [
    request?.startLine,
    ...(request?.headers ?? []).map(({ name, value }) => `${name}: ${value}`),
    '',
    '',
  ]
  expect(lines.join('\r\n')).toBe(seen.head.toString('latin1'))
  expect(preview.request?.bodyText).toBe(seen.body.toString('utf8'))
  expect(preview.request?.bodyBytes).toBe(seen.body.length)
  const previewed = [
    preview.request?.startLine,
    ...(preview.request?.headers ?? []).map(({ name, value }) => `${name}: ${value}`),
    '',
    '',
  ]
  expect(previewed.join('\r\n')).toBe(seen.head.toString('latin1'))
}

describe('every event', () => {
  it('arrives as JSON, compact and laid out, equal to its payload', async () => {
    const { client } = await openTestCore()
    await client.app.removeSamples()
    const server = await recordingServer()
    for (const event of EVENT_NAMES) {
      for (const jsonStyle of ['compact', 'pretty'] as const) {
        const { payload, body, preview } = await sendOne(client, server, event, { jsonStyle })
        expect(JSON.parse(body.toString('utf8'))).toEqual(payload)
        expect(body.toString('utf8')).toBe(
          JSON.stringify(payload, null, jsonStyle === 'pretty' ? 2 : 0),
        )
        expect(preview.losses).toEqual([])
      }
    }
    expect(server.requests).toHaveLength(44)
  })

  it.each(FORM_ENCODINGS)(
    'arrives as a form (%s), equal to its payload or listed as lossy',
    async (formEncoding) => {
      const { client } = await openTestCore()
      await client.app.removeSamples()
      const server = await recordingServer()
      for (const event of EVENT_NAMES) {
        const { payload, body, preview } = await sendOne(client, server, event, {
          contentType: 'application/x-www-form-urlencoded',
          formEncoding,
        })
        const lossy = differences(payload, parsed(formEncoding, body.toString('latin1')), '')
        const listed = preview.losses.map(({ path }) => path)
        const unlisted = lossy.filter(
          (path) => !listed.some((known) => path === known || path.startsWith(`${known}.`)),
        )
        expect(unlisted, event).toEqual([])
      }
      expect(server.requests).toHaveLength(22)
    },
  )
})

function parsed(encoding: FormEncoding, text: string): unknown {
  if (encoding === 'payload') return JSON.parse(new URLSearchParams(text).get('payload') ?? '')
  const fields = qs.parse(text, { depth: 20, arrayLimit: 100, parameterLimit: 10_000 })
  if (encoding !== 'flat') return fields
  // Under flat a nested member is JSON in its field, which its receiver has to parse.
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value,
    ]),
  )
}

/** Paths of the leaves, and of the lists and objects, that are not the same on both sides. */
function differences(a: unknown, b: unknown, path: string): string[] {
  if (typeof a !== 'object' || a === null) return a === b ? [] : [path]
  if (typeof b !== 'object' || b === null || Array.isArray(a) !== Array.isArray(b)) return [path]
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].flatMap((key) =>
    differences(Reflect.get(a, key), Reflect.get(b, key), path ? `${path}.${key}` : key),
  )
}
