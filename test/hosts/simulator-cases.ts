/** The simulator's calls, and the samples', over every carrier. */
import { expect } from 'vitest'
import { type Cases, NONE } from './conformance-support.ts'

const PAYLOAD_DRAFT = {
  event: 'poll.created',
  seed: 7,
  sampleId: null,
  original: '{"a": 1}',
  text: '{"a": 2}',
} as const

export const SIMULATOR_CASES: Cases = {
  'simulator.board': async (client) => expect(await client.simulator.board()).toHaveLength(22),
  'simulator.payload': async (client) => {
    const { payloadText } = await client.simulator.payload({ event: 'poll.created', seed: 1 })
    expect(JSON.parse(payloadText)).toMatchObject({ type: 'poll.created' })
  },
  'simulator.schema': async (client) => {
    const { schema } = await client.simulator.schema({ event: 'poll.created' })
    expect(Object.keys(Object(schema.properties))).toContain('conference')
  },
  'simulator.check': async (client) => {
    const { issues } = await client.simulator.check({ event: 'poll.created', payloadText: '{}' })
    expect(issues.length).toBeGreaterThan(3)
  },
  'simulator.audience': async (client) => {
    const rows = await client.simulator.audience({ event: 'meeting.booked', payloadText: '{}' })
    expect(rows.filter(({ receives }) => receives)).toHaveLength(1)
  },
  'simulator.fire': async (client) => {
    const fired = await client.simulator.fire({
      event: 'meeting.booked',
      payloadText: '{}',
      stamp: true,
    })
    expect(fired.deliveries).toHaveLength(1)
    const refused = client.simulator.fire({
      event: 'meeting.booked',
      payloadText: 'no',
      stamp: true,
    })
    await expect(refused).rejects.toMatchObject({ code: 'invalid', data: { problems: [] } })
  },
  'simulator.showRetry': async (client) => {
    const { deliveries } = await client.simulator.showRetry({
      event: 'poll.created',
      payloadText: '{}',
    })
    const read = async () =>
      (await client.delivery.some({ ids: deliveries })).map(({ status, attempts }) => [
        status,
        attempts,
      ])
    await expect.poll(read).toEqual([['waiting', 1]])
  },
  'simulator.fireAll': async (client) => {
    expect(await client.simulator.fireAll({ seed: 1 })).toHaveLength(22)
  },
  'simulator.drafts': async (client) => expect(await client.simulator.drafts()).toEqual([]),
  'simulator.putDraft': async (client) => {
    await client.simulator.putDraft({ ...PAYLOAD_DRAFT, text: 'an earlier text' })
    await client.simulator.putDraft(PAYLOAD_DRAFT)
    expect(await client.simulator.drafts()).toEqual([PAYLOAD_DRAFT])
  },
  'simulator.discardDraft': async (client) => {
    await client.simulator.putDraft(PAYLOAD_DRAFT)
    await client.simulator.discardDraft({ event: PAYLOAD_DRAFT.event })
    expect(await client.simulator.drafts()).toEqual([])
  },
  'sample.list': async (client) => expect(await client.sample.list()).toEqual([]),
  'sample.save': async (client) => {
    const sample = {
      sampleId: null,
      event: 'poll.created' as const,
      name: 'Mine',
      payloadText: '{}',
    }
    expect((await client.sample.save(sample)).name).toBe('Mine')
    const missing = client.sample.save({ ...sample, sampleId: NONE })
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  },
  'sample.delete': async (client) =>
    expect(await client.sample.delete({ sampleId: NONE })).toEqual({}),
  'sample.restore': async (client) =>
    expect(await client.sample.restore({ sampleId: NONE })).toEqual({}),
}
