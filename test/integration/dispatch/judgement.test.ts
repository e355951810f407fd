/** What Slack, Teams and Webex mean by their answers decides over real sockets, not the status alone. */
import { describe, expect, it } from 'vitest'
import { type Destination, NO_RETRY, type Retry } from '#contract'
import { judgeOf } from '../../../src-main/destinations/index.ts'
import { dispatchSetup } from '../../support/dispatch-setup.ts'
import { startWireServer } from '../../support/wire-server.ts'

const RETRY: Retry = { preset: 'own', own: { ...NO_RETRY.own, delaysMs: [60_000] } }

async function sent(destination: Destination, status: string, body: string, path = '/in') {
  const server = await startWireServer({
    onRequest: (connection) =>
      connection.send(`HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
  })
  const judge = judgeOf(destination, { origin: server.origin, path }, (text) => text)
  const { send } = dispatchSetup({ retry: RETRY, judge })
  return (await send({ origin: server.origin, path })).delivery
}

describe('a judged delivery', () => {
  it('is delivered by Slack’s ok, and by nothing else in a 200', async () => {
    expect(await sent('slack', '200 OK', 'ok')).toMatchObject({ state: 'succeeded', code: 'ok' })
    const other = await sent('slack', '200 OK', 'Hello')
    expect(other).toMatchObject({ state: 'waiting', status: 'waiting', httpStatus: 200 })
    expect(other.code).toBe('destination_refused')
  })

  it('is not tried again where the same would be refused again', async () => {
    const gone = await sent('slack', '404 Not Found', 'no_service')
    expect(gone).toMatchObject({ state: 'failed', status: 'refused', code: 'destination_refused' })
    expect(gone.reason).toMatch(/^Slack refused it: no_service\..* It is not tried again: /)
    const archived = await sent('slack', '410 Gone', 'channel_is_archived')
    expect(archived.reason).toMatch(/After 410 Gone it is not tried again\.$/)
  })

  it('is accepted by Teams’ 202: that is its end, and it is not delivered', async () => {
    const { state, status, code, finishedAtMs } = await sent('teams', '202 Accepted', '')
    expect([state, status, code]).toEqual(['accepted', 'accepted', 'accepted'])
    expect(finishedAtMs).not.toBeNull()
  })

  it('waits by what a connector means, whatever status it answers', async () => {
    const path = '/webhookb2/a@b/IncomingWebhook/c/d'
    const error = (status: number) =>
      `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId x`
    expect(await sent('teams', '200 OK', error(429), path)).toMatchObject({ state: 'waiting' })
    expect(await sent('teams', '200 OK', error(413), path)).toMatchObject({ state: 'failed' })
    expect(await sent('teams', '200 OK', error(410), path)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/After 410 Gone it is not tried again\.$/),
    })
  })
})
