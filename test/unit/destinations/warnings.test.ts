/** What is said of a webhook for Slack, Teams or Webex before it is sent, and the way out of it. */
import { describe, expect, it } from 'vitest'
import type { WebhookDraft } from '#contract'
import { generateSample } from '../../../src-main/catalogue/index.ts'
import { destinationWarnings, formatBody } from '../../../src-main/destinations/index.ts'
import { draftWith } from '../../support/factories.ts'

const SLACK = 'https://hooks.slack.com/services/T0/B0/x'
const FLOW =
  'https://0123abcd.4f.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/0/triggers/manual/paths/invoke?api-version=1&sig=x'
const WEBEX = 'https://webexapis.com/v1/webhooks/incoming/x'
const EVENT = JSON.stringify(generateSample('meeting.booked', 3))

function warned(endpoint: string, change: Partial<WebhookDraft> = {}, payloadText = EVENT) {
  const draft = draftWith(change)
  const { jsonText } = formatBody(draft, payloadText)
  return destinationWarnings(draft, endpoint, jsonText)
}

describe('a body that its destination does not understand', () => {
  it.each([
    [SLACK, 'slack', /^Slack refuses a raw event: it has neither text, blocks nor attachments\.$/],
    [FLOW, 'teams', /^Teams answers 202 to a raw event and then shows nothing/],
    [WEBEX, 'webex', /^Webex expects a message with text or markdown; a raw event has neither\.$/],
  ] as const)('is warned of, and the format offered that it does: %s', (url, format, message) => {
    expect(warned(url)).toEqual([
      {
        field: 'format',
        severity: 'warning',
        message: expect.stringMatching(message),
        fix: { action: 'use_format', format, label: expect.any(String) },
      },
    ])
    expect(warned(url, { format })).toEqual([])
  })

  it('is told by what it is: another chat’s message, a template’s output', () => {
    expect(warned(SLACK, { format: 'teams' })[0]?.message).toContain(
      'a message for Microsoft Teams',
    )
    const template = '{"message": {{ type | json }}}'
    expect(warned(SLACK, { format: 'template', template })[0]?.message).toContain(
      'what this template makes',
    )
    const good = '{"text": {{ type | json }}}'
    expect(warned(SLACK, { format: 'template', template: good })).toEqual([])
  })

  it('is no concern where a payload is a message already', () => {
    expect(warned(SLACK, {}, '{"text":"Hello"}')).toEqual([])
    expect(warned(WEBEX, {}, '{"markdown":"**Hello**"}')).toEqual([])
    expect(warned(FLOW, {}, '{"text":"Hello"}')).toHaveLength(1)
  })

  it('is not judged while there is none', () => {
    expect(destinationWarnings(draftWith(), SLACK, null)).toEqual([])
  })

  it('may go anywhere else', () => {
    expect(warned('https://example.com/')).toEqual([])
  })
})

describe('a form', () => {
  const form = { contentType: 'application/x-www-form-urlencoded' } as const
  const useJson = { field: 'contentType', severity: 'warning', fix: { action: 'use_json' } }

  it('is for Slack alone, in its field payload', () => {
    expect(warned(SLACK, { ...form, format: 'slack' })).toEqual([])
    expect(warned(SLACK, { ...form, format: 'slack', formEncoding: 'flat' })).toMatchObject([
      useJson,
    ])
    expect(warned(SLACK, { ...form, format: 'slack', formField: 'data' })).toMatchObject([useJson])
    expect(warned(FLOW, { ...form, format: 'teams' })).toMatchObject([useJson])
    expect(warned(WEBEX, { ...form, format: 'webex' })).toMatchObject([useJson])
  })
})

describe('a Teams flow', () => {
  it('is sent no Authorization header', () => {
    const headers = [{ rowId: 'r', name: 'authorization ', value: { kind: 'plain', text: 'x' } }]
    expect(warned(FLOW, { format: 'teams', headers: headers as WebhookDraft['headers'] })).toEqual([
      {
        field: 'headers.r.name',
        severity: 'warning',
        message: expect.stringContaining('Authorization'),
        fix: { action: 'remove_header', label: expect.any(String) },
      },
    ])
  })

  it('of a URL that was switched off is said so', () => {
    for (const retired of [
      'https://a.webhook.office.com/webhookb2/x',
      'https://outlook.office.com/webhook/x',
      'https://prod-1.westeurope.logic.azure.com:443/workflows/x?sig=y',
    ]) {
      expect(warned(retired)).toMatchObject([{ field: 'endpoint', message: /switched .*off/ }])
    }
    const national = warned('https://prod-1.usgov.logic.azure.us/workflows/x', { format: 'teams' })
    expect(national).toEqual([])
  })

  it('is no old connector, a rehearsal of which says no with a 200', () => {
    const connector = 'http://127.0.0.1:4781/webhookb2/a@b/IncomingWebhook/c/d'
    expect(warned(connector)).toMatchObject([
      { field: 'format', message: /answers 200 to a raw event/, fix: { format: 'teams' } },
    ])
    expect(warned(connector, { format: 'teams' })).toEqual([])
  })

  it('takes no more than 28 KB', () => {
    const text = 'x'.repeat(28 * 1024)
    const card = `{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"text":"${text}"}}]}`
    expect(warned(FLOW, {}, card)).toMatchObject([{ field: 'format', message: /28 KB/ }])
  })
})

it('Webex counts bytes, of text and of markdown each', () => {
  const half = 'é'.repeat(3_719)
  expect(warned(WEBEX, {}, JSON.stringify({ text: half, markdown: half }))).toEqual([])
  expect(warned(WEBEX, {}, JSON.stringify({ text: `${half}é` }))).toMatchObject([
    { field: 'format', message: /7,439 bytes/ },
  ])
})
