/** Formats from the form to the wire: what the preview shows is what is sent, and what fails says why. */
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CHATS, type MessageFormat, type WebhookDraft } from '#contract'
import { generateSample } from '../../src-main/catalogue/index.ts'
import { draftWith } from '../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../support/open-core.ts'

async function toEcho(client: CoreClient, change: Partial<WebhookDraft>): Promise<WebhookDraft> {
  const [echo] = await client.receiver.list()
  return draftWith({ endpoint: { kind: 'plain', text: echo?.url ?? '' }, ...change })
}

const PAYLOAD = JSON.stringify(generateSample('meeting.booked', 7))

/** Saved, fired, and over; the payload goes as it is. */
async function fired(client: CoreClient, draft: WebhookDraft, payloadText = PAYLOAD) {
  await client.webhook.delete({ webhookIds: (await client.webhook.list()).map(({ id }) => id) })
  await client.webhook.save({ webhookId: null, draft })
  const { event } = draft
  const { deliveries } = await client.simulator.fire({ event, payloadText, stamp: false })
  const [delivery] = await ended(client, deliveries)
  if (!delivery) throw new Error('no delivery')
  return delivery
}

async function sentRequest(client: CoreClient, draft: WebhookDraft) {
  const { attemptList } = await fired(client, draft)
  const attemptId = attemptList[0]?.id
  if (!attemptId) throw new Error('no attempt')
  return (await client.delivery.exchange({ attemptId, whole: true })).request
}

describe.each(CHATS)('the format %s', (format) => {
  it('sends the very body that the preview shows, and both tell which message it is', async () => {
    const { client } = await openTestCore()
    const draft = await toEcho(client, { format })
    const preview = await client.webhook.preview({
      webhookId: null,
      draft,
      seed: 1,
      payloadText: PAYLOAD,
    })
    expect(preview.problems).toEqual([])
    expect(preview.cuts).toEqual([])
    const sent = await sentRequest(client, draft)
    expect(sent?.body.text).toBe(preview.request?.bodyText)
    expect(sent?.message).toEqual(preview.message)
    expect(sent?.message).toEqual({ chat: format, jsonText: preview.request?.bodyText })
  })

  it('sends the same from its built-in template', async () => {
    const { client } = await openTestCore()
    const event = 'meeting.booked'
    const { template } = await client.webhook.builtInTemplate({ chat: format, event })
    const own = await sentRequest(client, await toEcho(client, { format: 'template', template }))
    const builtIn = await sentRequest(client, await toEcho(client, { format }))
    expect(own?.body.text).toBe(builtIn?.body.text)
  })
})

it('Slack’s message goes in the field payload of a form, however the form was set up', async () => {
  const { client } = await openTestCore()
  const form: Partial<WebhookDraft> = {
    format: 'slack',
    contentType: 'application/x-www-form-urlencoded',
    formEncoding: 'brackets',
    formField: '',
  }
  const sent = await sentRequest(client, await toEcho(client, form))
  expect(sent?.body.form?.map(({ name }) => name)).toEqual(['payload'])
  expect(sent?.message?.chat).toBe('slack')
})

it('a signature is over the message, not over the event', async () => {
  const { client } = await openTestCore()
  const { secret } = await client.signing.generate({ scheme: 'github' })
  const signing = { ...draftWith().signing, scheme: 'github' as const }
  const draft = await toEcho(client, {
    format: 'slack',
    signing: { ...signing, secret: { kind: 'secret', text: secret } },
  })
  const sent = await sentRequest(client, draft)
  const hmac = createHmac('sha256', secret).update(sent?.body.text ?? '')
  expect(sent?.message?.chat).toBe('slack')
  expect(sent?.headers).toContainEqual(
    expect.objectContaining({
      name: 'X-Hub-Signature-256',
      value: `sha256=${hmac.digest('hex')}`,
    }),
  )
})

it('a raw event is sent as it is, byte for byte', async () => {
  const { client } = await openTestCore()
  const draft = await toEcho(client, { format: 'raw', template: '{"never": "used"}' })
  const payloadText = '{ "id":"evt_1", "n": 1.0, "type" : "meeting.booked"}'
  const preview = await client.webhook.preview({ webhookId: null, draft, seed: 1, payloadText })
  expect(preview.request?.bodyText).toBe('{"id":"evt_1","n":1.0,"type":"meeting.booked"}')
  expect(preview.message).toBe(null)
})

describe('a message that cannot be made', () => {
  async function endOf(format: MessageFormat, template: string, payloadText: string) {
    const { client } = await openTestCore()
    const draft = await toEcho(client, { format, template })
    const { code, reason } = await fired(client, draft, payloadText)
    return { code, reason }
  }

  it('because its template fails for this event ends the delivery with the reason', async () => {
    const template = '{\n  "text": {{ data.meeting.title | json }}\n}'
    expect(await endOf('template', template, '{"data":{"meeting":{}}}')).toEqual({
      code: 'bad_request',
      reason: expect.stringMatching(
        /^The template fails: Line 2: the event has no data\.meeting\.title/,
      ),
    })
    expect(await endOf('template', '{{ id }}', '{"id":"evt_1"}')).toEqual({
      code: 'bad_request',
      reason: expect.stringMatching(/^The template fails: Line 1 makes no JSON: expected/),
    })
  })

  it('because there is nothing to tell ends the delivery with the reason', async () => {
    expect(await endOf('teams', '', '{"id":"evt_1","data":{}}')).toEqual({
      code: 'bad_request',
      reason: expect.stringContaining('none of the fields that a message tells of'),
    })
  })

  it('for any event cannot be saved; for this one, the preview says so at its line', async () => {
    const { client } = await openTestCore()
    const broken = await toEcho(client, { format: 'template', template: '{{ id | nothing }}' })
    await expect(client.webhook.save({ webhookId: null, draft: broken })).rejects.toMatchObject({
      code: 'invalid',
      data: { problems: [{ field: 'template', severity: 'error', place: { line: 1, column: 1 } }] },
    })
    const odd = await toEcho(client, { format: 'template', template: '\n{{ data.odd | json }}' })
    const preview = await client.webhook.preview({ webhookId: null, draft: odd, seed: 1 })
    expect(preview.request).toBe(null)
    expect(preview.problems).toMatchObject([
      { field: 'template', severity: 'warning', place: { line: 2 } },
    ])
    await client.webhook.save({ webhookId: null, draft: odd })
  })
})
