/** Every documented answer of Teams, by its three generations, and of Webex. */
import { describe, expect, it } from 'vitest'
import { type OutcomeCode, outcomeStatus } from '#contract'
import { CONNECTOR, FLOW, judged, REHEARSED, WEBEX } from '../../support/judged.ts'

describe('a Teams workflow', () => {
  it('takes a message with 202 without saying what became of it', () => {
    const { code, reason } = judged('teams', FLOW, 202)
    expect({ code, reason }).toEqual({
      code: 'accepted',
      reason:
        'Teams took it with 202; whether its flow posted it is not known. Look into the channel, or into the flow’s run history.',
    })
    expect(outcomeStatus(code)).toBe('accepted')
  })

  it('answers 200 where its owner made it say something', () => {
    expect(judged('teams', FLOW, 200, { body: '{"posted":true}' })).toEqual({
      code: 'ok',
      reason:
        'The flow answered 200 by a Response action of its own: “{"posted":true}”. What that says is up to whoever made the flow.',
    })
    expect(judged('teams', FLOW, 200).reason).toBe(
      'The flow answered 200 by a Response action of its own. What that says is up to whoever made the flow.',
    )
  })

  const envelope = (code: string, message: string) => JSON.stringify({ error: { code, message } })

  it.each<[number, string, OutcomeCode, string]>([
    [
      400,
      envelope('MissingApiVersionParameter', "The 'api-version' query parameter is missing."),
      'destination_refused',
      "Teams refused it with 400: MissingApiVersionParameter. “The 'api-version' query parameter is missing.” What follows the question mark of the URL is missing. Copy the whole URL from the flow again.",
    ],
    [
      400,
      envelope('TriggerInputSchemaMismatch', 'The input body is invalid'),
      'destination_refused',
      'Teams refused it with 400: TriggerInputSchemaMismatch. “The input body is invalid”. Check that the URL is whole, and that the message is what the flow’s trigger expects: choose Message format: Teams.',
    ],
    [
      401,
      envelope('DirectApiAuthorizationRequired', 'The request must be authenticated.'),
      'destination_refused',
      'Teams refused it with 401: DirectApiAuthorizationRequired. “The request must be authenticated.” Copy the URL from the flow again, and send no Authorization header to a flow that anyone may call.',
    ],
    [
      404,
      '',
      'http_status',
      'Teams refused it: 404. Check that the flow is there and turned on, and copy its URL again.',
    ],
    [
      504,
      '',
      'http_status',
      'Teams refused it: 504. The flow’s Response action did not answer in time, so it is not known whether the message was posted. Look into the channel before you send it again.',
    ],
    [
      502,
      '<html>Bad Gateway</html>',
      'http_status',
      'Answered 502 Bad Gateway. The server in front could not get an answer from the receiver.',
    ],
  ])('says no with %i %s', (status, body, code, reason) => {
    expect(judged('teams', FLOW, status, { body })).toMatchObject({ code, reason })
  })

  it('may be of those that were switched off, where it says no', () => {
    const of = (domain: string) =>
      `https://prod-1.westus.logic.azure.${domain}:443/workflows/0123/triggers/manual/paths/invoke?sig=XXXXXXXX`
    expect(judged('teams', of('com'), 404).reason).toMatch(
      /copy its URL again\. Power Automate switched its logic\.azure\.com URLs off in November 2025: if this is one of them, copy the new URL from the flow\.$/,
    )
    expect(judged('teams', of('us'), 404).reason).not.toContain('switched')
    expect(judged('teams', of('com'), 202).reason).not.toContain('switched')
  })

  it('asks to slow down with 429', () => {
    expect(judged('teams', FLOW, 429, { headers: ['Retry-After: 12'] }).reason).toBe(
      'Teams refused it: 429. Teams asks to wait 12 s. Wait before the next message.',
    )
    const until = { headers: ['Retry-After: Thu, 26 Nov 2026 12:00:00 GMT'] }
    expect(judged('teams', FLOW, 429, until).reason).toContain(
      'Teams asks to wait until Thu, 26 Nov 2026 12:00:00 GMT.',
    )
  })
})

const failed = (status: number) =>
  `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId tcid=0,server=X,cv=Y..`
const OFF =
  'Office 365 connectors were switched off in May 2026: make a workflow in Teams and use its URL.'

describe('a Teams connector', () => {
  it.each([
    ['1'],
    ['{"version":"1.1","content":{"headers":[]},"statusCode":200,"isSuccessStatusCode":true}'],
  ])('says yes with 200 and %s', (body) => {
    for (const url of [CONNECTOR, REHEARSED]) {
      expect(judged('teams', url, 200, { body })).toEqual({
        code: 'ok',
        reason: 'Teams took it: its connector answered 1.',
      })
    }
  })

  it.each<[string, number, string]>([
    [failed(400), 400, 'The message is not what Teams reads. Choose Message format: Teams.'],
    [failed(404), 404, 'Check the URL; the connector may have been removed.'],
    [failed(413), 413, 'The message is too large: Teams takes some 28 KB.'],
    [
      failed(429),
      429,
      'Too many messages: it takes four in a second, and fewer over longer times. Wait before the next.',
    ],
    [failed(503), 503, 'Send it again later.'],
    [
      '{"version":"1.1","content":{},"statusCode":429,"isSuccessStatusCode":false}',
      429,
      'Too many messages: it takes four in a second, and fewer over longer times. Wait before the next.',
    ],
  ])('says no with a 200 and %s', (body, meantStatus, next) => {
    expect(judged('teams', REHEARSED, 200, { body })).toMatchObject({
      code: 'destination_refused',
      meantStatus,
      reason: `Teams answered 200, but did not deliver it: HTTP error ${meantStatus}. ${next}`,
    })
  })

  it.each([200, 400])('names what is missing, with %i', (status) => {
    expect(judged('teams', REHEARSED, status, { body: 'Summary or Text is required.' })).toEqual({
      code: 'destination_refused',
      isFinal: true,
      reason: `Teams refused it with ${status}: “Summary or Text is required”. The card has neither summary nor text. Give it one of them.`,
    })
    const body = 'Bad payload received by generic incoming webhook.'
    expect(judged('teams', REHEARSED, status, { body }).reason).toBe(
      `Teams refused it with ${status}: “Bad payload received by generic incoming webhook”. It could not read the message. Send a message card, or an adaptive card in its envelope.`,
    )
  })

  it('is not believed with a 200 and a sentence that is not known', () => {
    expect(judged('teams', REHEARSED, 200, { body: 'Something else' })).toEqual({
      code: 'destination_refused',
      reason: 'Teams answered 200, but not 1 as it does when it takes a message: “Something else”.',
    })
  })

  it.each<[number, string]>([
    [
      400,
      'Teams refused it: 400. The message is not what Teams reads. Choose Message format: Teams.',
    ],
    [404, 'Teams refused it: 404. Check the URL; the connector may have been removed.'],
    [413, 'Teams refused it: 413. The message is too large: Teams takes some 28 KB.'],
    [
      429,
      'Teams refused it: 429. Too many messages: it takes four in a second, and fewer over longer times. Wait before the next.',
    ],
    [
      403,
      'Answered 403 Forbidden. The receiver knows who asks and refuses; check the token and its permissions.',
    ],
  ])('says no with %i', (status, reason) => {
    expect(judged('teams', REHEARSED, status)).toMatchObject({ code: 'http_status', reason })
    expect(judged('teams', CONNECTOR, status).reason).toBe(`${reason} ${OFF}`)
  })
})

describe('Webex', () => {
  it.each([200, 204])('says yes with %i', (status) => {
    expect(judged('webex', WEBEX, status)).toEqual({
      code: 'ok',
      reason: `Webex took it: it answered ${status}.`,
    })
  })

  it('tells its message, what it says besides, and the tracking id', () => {
    const body = JSON.stringify({
      message: 'The request could not be understood',
      errors: [{ description: 'The request could not be understood' }, { description: 'No text.' }],
      trackingId: 'GTWY_1-2-3',
    })
    expect(judged('webex', WEBEX, 400, { body })).toEqual({
      code: 'destination_refused',
      isFinal: true,
      reason:
        'Webex refused it with 400: “The request could not be understood No text.” Webex expects JSON with text or markdown. Choose Message format: Webex. Tracking id for Webex: GTWY_1-2-3.',
    })
  })

  it('asks to slow down with 429, and follows the schedule', () => {
    const body = JSON.stringify({ code: 429, message: 'Too many requests', trackingId: 'GTWY_9' })
    expect(judged('webex', WEBEX, 429, { body, headers: ['Retry-After: 4'] })).toEqual({
      code: 'destination_refused',
      isFinal: false,
      reason:
        'Webex refused it with 429: “Too many requests”. Webex asks to wait 4 s. Wait before the next message. Tracking id for Webex: GTWY_9.',
    })
  })

  it.each<[number, string]>([
    [
      401,
      'Webex refused it: 401. Copy the URL from Webex again: what it ends with is the credential.',
    ],
    [
      404,
      'Webex refused it: 404. Copy the URL from Webex again, and see whether the webhook is still connected.',
    ],
    [415, 'Webex refused it: 415. Choose the content type application/json.'],
    [409, 'Answered 409 Conflict. The receiver may have had this event already.'],
    [503, 'Answered 503 Service Unavailable. The receiver is down or overloaded; try again later.'],
  ])('says no with %i and no JSON', (status, reason) => {
    for (const body of ['', '[]', '{"message":7}', '{not json']) {
      expect(judged('webex', WEBEX, status, { body })).toEqual({ code: 'http_status', reason })
    }
  })
})
