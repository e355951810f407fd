/** In which order an export holds its requests, whatever order they were chosen in. */
import type { Har } from 'har-format'
import { expect, it } from 'vitest'
import type { CaptureId, DeliveryId, ExportRequest } from '#contract'
import { type CoreClient, ended, openTestCore } from '../../support/open-core.ts'

type Asked = Pick<ExportRequest, 'format' | 'source'>

async function textOf(client: CoreClient, asked: Asked): Promise<string> {
  const plain = { withSecrets: false, passphrase: null, webhooks: false, samples: false }
  let text = ''
  for await (const piece of await client.export.write({ ...plain, ...asked })) {
    if (piece.kind === 'text') text += piece.text
  }
  return text
}

async function bodiesOf(client: CoreClient, asked: Asked): Promise<string[]> {
  const source = { kind: 'text' as const, text: await textOf(client, asked) }
  const chosen = [0, 1, 2]
  const { captureIds } = await client.import.save({
    source,
    passphrase: null,
    chosen,
    mapping: null,
  })
  const bodies: string[] = []
  for (const captureId of captureIds) {
    const { request } = await client.capture.get({ captureId, whole: true })
    bodies.push(Buffer.from(request?.body.base64 ?? '', 'base64').toString())
  }
  await client.capture.delete({ captureIds })
  return bodies
}

/** As they are listed: the newest first. */
async function captured(client: CoreClient, bodies: readonly string[]): Promise<CaptureId[]> {
  const [echo] = await client.receiver.list()
  for (const body of bodies) await fetch(echo?.url ?? '', { method: 'POST', body })
  const listed = async () => (await client.capture.list({ filter: {}, limit: 10 })).items
  await expect.poll(listed).toHaveLength(bodies.length)
  return (await listed()).map(({ id }) => id)
}

/** The newest first. */
async function fired(client: CoreClient): Promise<DeliveryId[]> {
  const all = await client.simulator.fireAll({ seed: 3 })
  const ids = all.flatMap(({ deliveries }) => deliveries)
  await ended(client, ids)
  return ids.toReversed()
}

it.each(['curl', 'har', 'hookstage'] as const)('captures, the oldest first: %s', async (format) => {
  const { client } = await openTestCore()
  const ids = await captured(client, ['one', 'two', 'three'])
  const order = ['one', 'two', 'three']
  expect(await bodiesOf(client, { format, source: { kind: 'captures', ids } })).toEqual(order)
  const source = { kind: 'matching_captures' as const, filter: {} }
  expect(await bodiesOf(client, { format, source })).toEqual(order)
})

it('deliveries, in the order in which they were fired', async () => {
  const { client } = await openTestCore()
  const ids = await fired(client)
  const sources = [
    { kind: 'deliveries' as const, ids },
    { kind: 'matching_deliveries' as const, filter: {} },
  ]
  for (const source of sources) {
    const { log } = JSON.parse(await textOf(client, { format: 'har', source })) as Har
    const to = log.entries.map(({ request }) => new URL(request.url).pathname.split('/')[1])
    expect(to).toEqual(['services', 'in', 'v1', 'powerautomate', 'in'])
  }
})
