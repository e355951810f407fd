import { describe, expect, it } from 'vitest'
import { createEventHub } from '../../src-main/event-hub.ts'
import { createRuntime } from '../../src-main/runtime.ts'
import { createSimulator } from '../../src-main/simulate/simulator.ts'
import { dispatchSetup } from '../support/dispatch-setup.ts'
import { draftWith, storedWebhook } from '../support/factories.ts'
import { ended, openTestCore } from '../support/open-core.ts'

describe('the simulator', () => {
  it('fires to those who listen, are active and whose target matches, and says why the others do not', async () => {
    const { client } = await openTestCore()
    await client.app.removeSamples()
    const [echo] = await client.receiver.list()
    const endpoint = { kind: 'plain' as const, text: echo?.url ?? '' }
    const vip = {
      join: 'all' as const,
      conditions: [{ field: 'ticketType', operator: 'is' as const, values: ['No such ticket'] }],
    }
    const all = { endpoint, event: 'attendee.created' as const }
    for (const draft of [
      draftWith({ ...all, name: 'yes' }),
      draftWith({ ...all, name: 'off', status: 'inactive' }),
      draftWith({ ...all, name: 'picky', target: vip }),
      draftWith({ endpoint, name: 'other', event: 'poll.created' }),
    ]) {
      await client.webhook.save({ webhookId: null, draft })
    }
    const { payloadText } = await client.simulator.payload({ event: 'attendee.created', seed: 5 })
    const audience = await client.simulator.audience({ event: 'attendee.created', payloadText })
    expect(audience.map(({ name, receives }) => [name, receives])).toEqual([
      ['yes', true],
      ['off', false],
      ['picky', false],
      ['other', false],
    ])
    expect(audience[2]?.reasons[0]).toMatch(/ticket type is “.+”, wants “No such ticket”/)
    const fired = await client.simulator.fire({
      event: 'attendee.created',
      payloadText,
      stamp: true,
    })
    expect(
      (await ended(client, fired.deliveries)).map(({ webhookName, status }) => [
        webhookName,
        status,
      ]),
    ).toEqual([['yes', 'delivered']])
    const board = await client.simulator.board()
    expect(board.find(({ event }) => event === 'attendee.created')).toMatchObject({
      activeWebhooks: 2,
      last: [{ status: 'delivered', count: 1 }],
    })
    expect(board).toHaveLength(22)
  })

  it('stamps a fresh id and the present time, or sends the payload to the letter', async () => {
    const { client } = await openTestCore()
    const payloadText =
      '{ "id" : "evt_mine", "timestamp": "2020-01-01T00:00:00.000Z", "big": 12345678901234567890 }'
    const bodies: string[] = []
    for (const stamp of [true, false]) {
      const fired = await client.simulator.fire({ event: 'meeting.booked', payloadText, stamp })
      const [delivery] = await ended(client, fired.deliveries)
      const attemptId = delivery?.attemptList[0]?.id
      if (!attemptId) throw new Error('nothing was sent')
      const { request } = await client.delivery.exchange({ attemptId, whole: true })
      bodies.push(request?.body.text ?? '')
      expect(request?.body.text).toContain(fired.eventId)
    }
    expect(bodies[0]).toMatch(
      /^\{"id":"evt_[0-9A-Z]{26}","timestamp":"20(?!20)[^"]+","big":12345678901234567890\}$/,
    )
    expect(bodies[1]).toBe(
      '{"id":"evt_mine","timestamp":"2020-01-01T00:00:00.000Z","big":12345678901234567890}',
    )
  })

  it('says where a payload departs from its schema, and fires it all the same', async () => {
    const { client } = await openTestCore()
    const { payloadText } = await client.simulator.payload({ event: 'poll.answered', seed: 1 })
    expect(await client.simulator.check({ event: 'poll.answered', payloadText })).toEqual({
      issues: [],
    })
    const broken = payloadText.replace(/"kind": "[a-z]+"/, '"kind": "nonsense"')
    const { issues } = await client.simulator.check({ event: 'poll.answered', payloadText: broken })
    expect(issues[0]?.path).toBe('data.poll.kind')
    expect(broken.slice(issues[0]?.offset ?? 0)).toMatch(/^"nonsense"/)
    const fired = await client.simulator.fire({
      event: 'poll.answered',
      payloadText: broken,
      stamp: true,
    })
    expect((await ended(client, fired.deliveries))[0]?.status).toBe('delivered')
    const noJson = client.simulator.fire({ event: 'poll.answered', payloadText: '{', stamp: true })
    await expect(noJson).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/Line 1, column 2: expected .*, found the end/),
    })
  })

  it('checks a payload that departs in thousands of places without holding anything up', async () => {
    const { client } = await openTestCore()
    const { payloadText } = await client.simulator.payload({ event: 'attendee.created', seed: 1 })
    const tags = `[${'0,'.repeat(20_000)}0]`
    const broken = payloadText.replace(/"tags": \[[^\]]*\]/, `"tags": ${tags}`)
    const startedMs = performance.now()
    const { issues } = await client.simulator.check({
      event: 'attendee.created',
      payloadText: broken,
    })
    // Reading the text anew for each of them took a minute.
    expect(performance.now() - startedMs).toBeLessThan(2_000)
    expect(issues).toHaveLength(1_000)
    expect(broken.slice(issues[999]?.offset ?? 0)).toMatch(/^0,0/)
    expect(issues[999]?.path).toBe('data.attendee.tags.999')
  })

  it('sends half of a surrogate pair as the preview shows it', async () => {
    const { client } = await openTestCore()
    const half = String.fromCharCode(0xd83d)
    const payloadText = `{"id":"evt_half","note":"${half}"}`
    const fired = await client.simulator.fire({
      event: 'meeting.booked',
      payloadText,
      stamp: false,
    })
    const [delivery] = await ended(client, fired.deliveries)
    const attemptId = delivery?.attemptList[0]?.id
    if (!attemptId) throw new Error('nothing was sent')
    const { request } = await client.delivery.exchange({ attemptId, whole: true })
    expect(request?.body.text).toBe('{"id":"evt_half","note":"\\ud83d"}')
    const sample = { sampleId: null, event: 'meeting.booked' as const, name: 'Half', payloadText }
    await client.sample.save(sample)
    expect((await client.sample.list())[0]?.payloadText).toBe('{"id":"evt_half","note":"\\ud83d"}')
  })

  it('matches targets against the sample attendees', async () => {
    const { client } = await openTestCore()
    const everyone = await client.webhook.matchTarget({ target: { join: 'all', conditions: [] } })
    expect([everyone.total, everyone.matching]).toEqual([48, 48])
    const conditions = [{ field: 'ticketType', operator: 'is' as const, values: ['vip'] }]
    const vips = await client.webhook.matchTarget({ target: { join: 'all', conditions } })
    expect(vips.matching).toBe(
      vips.attendees.filter(({ attendee }) => attendee.ticketType === 'VIP').length,
    )
    expect(vips.matching).toBeGreaterThan(3)
  })

  it('keeps samples under a name, with a way back after deleting', async () => {
    const { client } = await openTestCore()
    const saved = await client.sample.save({
      sampleId: null,
      event: 'poll.created',
      name: ' Mine ',
      payloadText: '{}',
    })
    expect(saved.name).toBe('Mine')
    await client.sample.save({
      sampleId: saved.id,
      event: 'poll.created',
      name: 'Mine',
      payloadText: '{"a":1}',
    })
    expect(await client.sample.list()).toMatchObject([{ id: saved.id, payloadText: '{"a":1}' }])
    await client.sample.delete({ sampleId: saved.id })
    expect(await client.sample.list()).toEqual([])
    await client.sample.restore({ sampleId: saved.id })
    expect(await client.sample.list()).toHaveLength(1)
  })

  it('sends a body of 24 MB whole, and keeps every byte of it', async () => {
    const { client } = await openTestCore()
    await client.app.removeSamples()
    const [echo] = await client.receiver.list()
    const endpoint = { kind: 'plain' as const, text: echo?.url ?? '' }
    await client.webhook.save({ webhookId: null, draft: draftWith({ endpoint }) })
    const payloadText = `{"id":"evt_big","padding":"${'x'.repeat(24_000_000)}"}`
    const fired = await client.simulator.fire({
      event: 'meeting.booked',
      payloadText,
      stamp: false,
    })
    const [delivery] = await ended(client, fired.deliveries)
    expect([delivery?.reason, delivery?.status]).toEqual(['Answered 200.', 'delivered'])
    expect(delivery?.attemptList[0]?.requestBodyBytes).toBe(payloadText.length)
    // Asked for whenever something comes in, so it holds no bodies.
    const { items } = await client.capture.list({ filter: {}, limit: 100 })
    const [received, ...others] = items
    expect(received?.bodyBytes).toBe(payloadText.length)
    expect(JSON.stringify([received, ...others]).length).toBeLessThan(1_000)
  })

  it('takes no more events than can be kept waiting, records nothing of the rest, and says so', async () => {
    const setup = dispatchSetup({ maxQueued: 3 })
    const { store, dispatcher } = setup
    storedWebhook(store)
    const simulator = createSimulator({
      store,
      dispatcher,
      runtime: createRuntime(),
      hub: createEventHub(),
      showRetryUrl: () => '',
    })
    dispatcher.setPaused(true)
    const fire = () => simulator.fire('meeting.booked', '{}', true)
    for (let n = 0; n < 3; n++) expect(fire().deliveries).toHaveLength(1)
    expect(fire).toThrow(/Too many deliveries wait to be sent already/)
    expect((await store.history.page({}, undefined, 10)).items).toHaveLength(3)
    dispatcher.setPaused(false)
    await dispatcher.idle()
    expect(fire().deliveries).toHaveLength(1)
  })
})
