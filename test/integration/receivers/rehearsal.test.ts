/** Rehearsals on real sockets: software that is not ours gets from them what it gets from the real ones. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { IncomingWebhook } from '@slack/webhook'
import { describe, expect, it } from 'vitest'
import {
  AS_THE_REAL_ONE,
  REHEARSAL_FAILURES,
  REHEARSAL_KINDS,
  type ReceiverId,
  type RehearsalKind,
} from '#contract'
import type { Runtime } from '../../../src-main/runtime.ts'
import { createFakeRuntime } from '../../support/fake-runtime.ts'
import { openReceivers } from '../../support/open-receivers.ts'
import { tempStore } from '../../support/temp-store.ts'

const SLACK = 'slack' as ReceiverId
const TEAMS = 'teams' as ReceiverId
const BUILT_IN: Readonly<Record<RehearsalKind, ReceiverId>> = {
  slack: SLACK,
  teams: TEAMS,
  teams_legacy: 'teams-legacy' as ReceiverId,
  webex: 'webex' as ReceiverId,
}
const CARD = {
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text: 'hi' }] },
    },
  ],
}
const MESSAGES: Readonly<Record<RehearsalKind, object>> = {
  slack: { text: 'hi' },
  teams: CARD,
  teams_legacy: { text: 'hi' },
  webex: { markdown: '**hi**' },
}

async function started(options: Parameters<typeof openReceivers>[0] = {}) {
  const opened = await openReceivers(options)
  await opened.receivers.start()
  const { receivers, store, vault } = opened
  const urlOf = (id: ReceiverId) => {
    const { secretUrl } = receivers.get(id)
    return vault.reveal(secretUrl?.secretId ?? ('' as never))
  }
  const channel = (id: ReceiverId) => store.channels.page(id, undefined, 100).items
  const tell = (id: ReceiverId, code: string, left: number | null) =>
    receivers.setRehearsal(id, { ...AS_THE_REAL_ONE, told: { code, left } })
  return { ...opened, urlOf, channel, tell }
}

async function post(url: string, body: unknown, type = 'application/json') {
  const headers = { 'Content-Type': type }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(url, { method: 'POST', headers, body: text })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

describe('the Slack rehearsal', () => {
  it('takes a message of the official client, and refuses as Slack does', async () => {
    const { urlOf, channel } = await started()
    const client = new IncomingWebhook(urlOf(SLACK))
    expect(await client.send({ text: 'Booked', blocks: [{ type: 'divider' }] })).toEqual({
      text: 'ok',
    })
    const wrong = client.send({ blocks: [{ type: 'marquee' }] })
    await expect(wrong).rejects.toMatchObject({ message: /400/ })
    const elsewhere = new IncomingWebhook(urlOf(SLACK).replace(/.$/, '_')).send('hi')
    await expect(elsewhere).rejects.toMatchObject({ message: /403/ })
    expect(channel(SLACK).map(({ result, code }) => `${result} ${code}`)).toEqual([
      'refused invalid_token',
      'refused invalid_blocks',
      'posted ',
    ])
  })

  it('takes a form of the real curl', async () => {
    const { urlOf, channel } = await started()
    const payload = `payload={"text":"a & b"}`
    const flags = ['-s', '-i', urlOf(SLACK), '--data-urlencode', payload]
    const { stdout } = await promisify(execFile)('curl', flags)
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Type: text\/plain/)
    expect(stdout).toMatch(/\r\n\r\nok$/)
    expect(channel(SLACK)).toMatchObject([{ result: 'posted' }])
    await expect.poll(() => channel(SLACK)[0]?.status).toBe(200)
  })

  it('takes a short burst, then one a second', async () => {
    const runtime = createFakeRuntime()
    const { urlOf, channel } = await started({ runtime })
    const send = async () => {
      const { status, headers } = await post(urlOf(SLACK), { text: 'hi' })
      return [status, headers.get('retry-after')]
    }
    expect([await send(), await send(), await send()]).toEqual([
      [200, null],
      [200, null],
      [200, null],
    ])
    expect([await send(), await send()]).toEqual([
      [429, '1'],
      [429, '1'],
    ])
    runtime.advance(1_000)
    expect([await send(), await send()]).toEqual([
      [200, null],
      [429, '1'],
    ])
    expect(channel(SLACK).filter(({ code }) => code === 'rate_limited')).toHaveLength(3)
  })

  it('of several, the one that is meant says what is wrong', async () => {
    const { receivers, urlOf, channel } = await started()
    const sales = await receivers.create('Sales', 'slack')
    const [, base = '', team = '', service = ''] =
      /^(.+)\/(T\w+)\/(B\w+)\//.exec(urlOf(sales.id)) ?? []
    const said = async (url: string) => (await post(url, { text: 'hi' })).text
    expect(await said(`${base}/${team}/${service}/wrong`)).toBe('invalid_token')
    expect(await said(`${base}/${team}/B0/wrong`)).toBe('no_service')
    expect(await said(`${base}/T0/B0/wrong`)).toBe('no_team')
    expect(channel(sales.id).map(({ code }) => code)).toEqual(['no_service', 'invalid_token'])
    expect(channel(SLACK).map(({ code }) => code)).toEqual(['no_team'])
  })
})

describe('the Teams rehearsal', () => {
  it('answers 202, and records that its flow failed', async () => {
    const { urlOf, channel } = await started()
    const { status, text } = await post(urlOf(TEAMS), { id: 'evt_1', type: 'meeting.booked' })
    expect([status, text]).toEqual([202, ''])
    expect(channel(TEAMS)).toMatchObject([
      {
        result: 'lost',
        code: 'flow_attachments_null',
        words: expect.stringMatching(/of type Null/),
        isTold: false,
      },
    ])
  })

  it('loses what its flow posts beyond 25 in 300 seconds', async () => {
    const runtime = createFakeRuntime()
    const { urlOf, channel } = await started({ runtime })
    for (let sent = 0; sent < 26; sent += 1) await post(urlOf(TEAMS), CARD)
    expect(channel(TEAMS).map(({ code }) => code)).toEqual(['flow_quota', ...Array(25).fill('')])
    runtime.advance(299_999)
    await post(urlOf(TEAMS), CARD)
    runtime.advance(2)
    await post(urlOf(TEAMS), CARD)
    expect(channel(TEAMS).slice(0, 2)).toMatchObject([{ code: '' }, { code: 'flow_quota' }])
  })

  it('of the time before workflows says no with a 200, also when it is too much', async () => {
    const runtime = createFakeRuntime()
    const { urlOf } = await started({ runtime })
    const said = async () => (await post(urlOf(BUILT_IN.teams_legacy), { text: 'hi' })).text
    expect([await said(), await said(), await said(), await said()]).toEqual(['1', '1', '1', '1'])
    expect(await said()).toMatch(/^Webhook message delivery failed .* HTTP error 429/)
    runtime.advance(1_001)
    expect(await said()).toBe('1')
  })
})

describe('the Webex rehearsal', () => {
  it('takes a burst, then says 429 with Retry-After', async () => {
    const runtime: Runtime = createFakeRuntime()
    const { urlOf } = await started({ runtime })
    const statuses: string[] = []
    for (let sent = 0; sent < 31; sent += 1) {
      const { status, headers } = await post(urlOf(BUILT_IN.webex), { markdown: 'hi' })
      statuses.push(`${status} ${headers.get('retry-after') ?? ''}`)
    }
    expect(statuses).toEqual([...Array<string>(30).fill('204 '), '429 2'])
  })

  it('says 200 where it is told to', async () => {
    const { receivers, urlOf } = await started()
    receivers.setRehearsal(BUILT_IN.webex, { ...AS_THE_REAL_ONE, webexStatus: 200 })
    expect((await post(urlOf(BUILT_IN.webex), { text: 'hi' })).status).toBe(200)
  })
})

describe('a rehearsal that is told to fail', () => {
  const all = REHEARSAL_KINDS.flatMap((kind) =>
    REHEARSAL_FAILURES[kind].map((failure) => ({ kind, ...failure })),
  )

  it.each(all)('$kind: $label, once', async ({ kind, code, status }) => {
    const { receivers, urlOf, channel, tell } = await started()
    const id = BUILT_IN[kind]
    tell(id, code, 1)
    expect((await post(urlOf(id), MESSAGES[kind])).status).toBe(status)
    expect(receivers.get(id).rehearsal.told).toBeNull()
    expect((await post(urlOf(id), MESSAGES[kind])).status).toBeLessThan(205)
    expect(channel(id)).toMatchObject([
      { result: 'posted', isTold: false },
      { result: status === 202 ? 'lost' : 'refused', code, isTold: true },
    ])
  })

  it('fails so often, or until it is turned off, over restarts too', async () => {
    const store = tempStore()
    const { receivers, urlOf, tell } = await started({ store })
    const status = async (url: string) => (await post(url, { text: 'hi' })).status
    tell(SLACK, 'channel_is_archived', 3)
    expect(await status(urlOf(SLACK))).toBe(410)
    const before = urlOf(SLACK)
    await receivers.close()

    const after = await started({ store })
    const now = after.urlOf(SLACK)
    expect(new URL(now).pathname).toBe(new URL(before).pathname)
    expect(after.receivers.get(SLACK).rehearsal.told).toEqual({
      code: 'channel_is_archived',
      left: 2,
    })
    expect([await status(now), await status(now), await status(now)]).toEqual([410, 410, 200])
    expect(after.channel(SLACK).map(({ result, isTold }) => [result, isTold])).toEqual([
      ['posted', false],
      ['refused', true],
      ['refused', true],
      ['refused', true],
    ])
    after.tell(SLACK, 'no_service', null)
    for (let sent = 0; sent < 5; sent += 1) expect(await status(now)).toBe(404)
    after.receivers.setRehearsal(SLACK, AS_THE_REAL_ONE)
    expect(await status(now)).toBe(200)
  })

  it('fails in its own ways alone', async () => {
    const { receivers } = await started()
    const told = { code: 'webex_404', left: null }
    expect(() => receivers.setRehearsal(SLACK, { ...AS_THE_REAL_ONE, told })).toThrow(/not fail/)
    const echo = 'echo' as ReceiverId
    expect(() => receivers.setRehearsal(echo, AS_THE_REAL_ONE)).toThrow(/not fail/)
  })
})

describe('rehearsals', () => {
  it('keep their addresses to themselves', async () => {
    const { receivers, urlOf } = await started()
    const secret = urlOf(SLACK).split('/').at(-1) ?? ''
    expect(secret).toHaveLength(24)
    expect(JSON.stringify(receivers.list())).not.toContain(secret)
    const nowhere = await fetch(new URL('/nowhere', urlOf(SLACK)))
    expect(await nowhere.text()).toBe(
      'No receiver takes requests at this path. Echo is at /in/echo.\n',
    )
  })

  it('are stopped and go on, are built in or deleted, and answer as they do alone', async () => {
    const { receivers, urlOf } = await started()
    const { id } = await receivers.create('Other', 'webex')
    const status = async () => (await post(urlOf(id), { text: 'hi' })).status
    await receivers.update(id, { isStarted: false, path: '/in/x', port: 5_000 })
    expect(await status()).toBe(404)
    expect(receivers.get(id)).toMatchObject({ port: null, isStarted: false })
    await receivers.update(id, { isStarted: true, name: 'Renamed' })
    expect(await status()).toBe(204)
    await receivers.delete(id)
    await receivers.restore(id)
    expect([receivers.get(id).name, await status()]).toEqual(['Renamed', 204])
    await expect(receivers.delete(SLACK)).rejects.toThrow(/built in/)
    const { script } = receivers.get(SLACK)
    expect(() => receivers.setScript(SLACK, script)).toThrow(/as the real one/)
  })

  it('record what is no whole request as refused, and what they got without cookies', async () => {
    const { receivers, store, urlOf, channel } = await started()
    const { status } = await post(urlOf(SLACK), 'x'.repeat(26 * 1024 * 1024))
    expect(status).toBe(413)
    const larger = { result: 'refused', words: expect.stringMatching(/larger/), isTold: false }
    await expect.poll(() => channel(SLACK)).toMatchObject([larger])
    const headers = { 'Content-Type': 'application/json', Cookie: 'session=abc' }
    await fetch(urlOf(SLACK), { method: 'POST', headers, body: '{"text":"hi"}' })
    const [entry] = channel(SLACK)
    const { head } = store.captures.get(entry?.captureId ?? ('' as never))
    expect(Buffer.from(head).toString()).not.toContain('session=abc')
    expect(receivers.get(SLACK).received).toBe(2)
  })
})
