import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recogniseEndpoint, suggestName } from '../../../src-main/destinations/index.ts'

const SIG = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const FLOW = `https://0123abcd.4f.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${SIG}`

describe('recognising an endpoint', () => {
  it.each([
    [
      'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
      'slack',
      ['XXXXXXXXXXXXXXXXXXXXXXXX'],
    ],
    ['https://hooks.slack.com/T0000/B0000/XXXXXXXXXX', 'slack', ['XXXXXXXXXX']],
    ['https://hooks.slack-gov.com/services/T1/B1/secret', 'slack', ['secret']],
    ['https://HOOKS.SLACK.COM/services/T1/B1/secret', 'slack', ['secret']],
    [FLOW, 'teams', [SIG]],
    [
      `https://prod-12.westeurope.logic.azure.com:443/workflows/0123/triggers/manual/paths/invoke?api-version=2016-06-01&sig=${SIG}`,
      'teams',
      [SIG],
    ],
    ['https://contoso.webhook.office.com/webhookb2/a@b/IncomingWebhook/cc/dd', 'teams', ['cc/dd']],
    [
      'https://webexapis.com/v1/webhooks/incoming/Y2lzY29zcGFyazovL3Vz',
      'webex',
      ['Y2lzY29zcGFyazovL3Vz'],
    ],
    ['https://example.com/hook?token=abc&x=1&API-Key=def', 'http', ['abc', 'def']],
    ['https://user:pass@example.com/', 'http', ['user:pass']],
    ['  https://hooks.slack.com/services/T1/B1/secret \n', 'slack', ['secret']],
    ['hooks.slack.com./services/T1/B1/secret', 'slack', ['secret']],
    ['https://hooks.slack.com//services/T1//B1/sec\nret', 'slack', ['sec\nret']],
    ['https:\\\\hooks.slack.com\\services\\T1\\B1\\secret', 'slack', ['secret']],
    ['https://hooks.slack.com/triggers/T1/123/abc', 'slack', ['abc']],
    ['https://hooks.slack.com/services/T1/B1/', 'slack', []],
    ['https://a@b@example.com/', 'http', ['a@b']],
    [
      'https://x.example/?api_token=abc&x-api-key=def&%74oken=ghi&token[]=jkl#access_token=mno',
      'http',
      ['abc', 'def', 'ghi', 'jkl', 'mno'],
    ],
    ['https://hooks.slack.com.evil.example/services/T/B/x', 'http', []],
    ['https://example.com/?monkey=banana', 'http', []],
    ['https://webexapis.com/v1/messages', 'http', []],
    ['http://127.0.0.1:4781/services/T1/B1/secret', 'slack', ['secret']],
    ['http://localhost:4781/T1/B1/secret', 'slack', ['secret']],
    [FLOW.replace(/^https:..[^/]*/, 'http://127.0.0.1:4781'), 'teams', [SIG]],
    [
      `http://127.0.0.1/powerautomate/automations/direct/cu/01/workflows/0a/triggers/manual/paths/invoke?sig=${SIG}`,
      'teams',
      [SIG],
    ],
    ['http://127.0.0.1:4781/webhookb2/a@b/IncomingWebhook/cc/dd', 'teams', ['cc/dd']],
    ['http://localhost/v1/webhooks/incoming/Y2lz', 'webex', ['Y2lz']],
    ['http://example.com/services/T1/B1/secret', 'http', []],
    ['http://127.0.0.1:4781/services/list', 'http', []],
    ['http://127.0.0.1:4781/in/echo', 'http', []],
  ])('%s', (url, destination, secrets) => {
    const found = recogniseEndpoint(url)
    expect(found.destination).toBe(destination)
    expect(found.secrets).toEqual(secrets)
    for (const secret of secrets) expect(found.masked).not.toContain(secret)
    if (secrets.length === 0) expect(found.masked).toBe(url)
  })

  it('reads a text of any length in one pass', () => {
    // Quadratic time would be minutes.
    expect(recogniseEndpoint(`https://x/${'?a'.repeat(500_000)}`).secrets).toEqual([])
    expect(recogniseEndpoint('https://x/?=a?token=abcd1').secrets).toEqual(['abcd1'])
  })

  it('never throws, and masks each credential, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })),
        (text) => {
          const { masked, secrets } = recogniseEndpoint(text)
          expect(typeof masked).toBe('string')
          expect(secrets.every((secret) => text.includes(secret))).toBe(true)
        },
      ),
    )
  })
})

describe('before it is named', () => {
  it('a webhook is offered a name', () => {
    expect(suggestName('meeting.booked', 'https://hooks.slack.com/services/T/B/x')).toBe(
      'Meeting · Book → Slack',
    )
    expect(suggestName('meeting.booked', 'http://127.0.0.1:4781/in/echo')).toBe(
      'Meeting · Book → 127.0.0.1:4781',
    )
    expect(suggestName('meeting.booked', 'https://user:pw@example.com/x')).toBe(
      'Meeting · Book → example.com',
    )
    expect(suggestName('meeting.booked', ' https://a@b@example.com:81/x')).toBe(
      'Meeting · Book → example.com:81',
    )
    expect(suggestName('meeting.booked', 'htt')).toBe('Meeting · Book')
  })
})
