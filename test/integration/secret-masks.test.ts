import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { WebhookDraft } from '#contract'
import { draftWith } from '../support/factories.ts'
import { type CoreClient, ended, openTestCore } from '../support/open-core.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { startWireServer } from '../support/wire-server.ts'

/** A server that answers with the very bytes that it got. */
function startMirror() {
  return startWireServer({
    onRequest: (connection, { head, body }) => {
      const echoed = Buffer.concat([head, body])
      connection.send(`HTTP/1.1 200 OK\r\ncontent-length: ${echoed.length}\r\n\r\n`)
      connection.send(echoed)
    },
  })
}

function secretHeader(text: string): Pick<WebhookDraft, 'headers'> {
  return { headers: [{ rowId: 'x', name: 'X-Partner', value: { kind: 'secret', text } }] }
}

async function fireOnce(client: CoreClient, draft: WebhookDraft) {
  const { id } = await client.webhook.save({ webhookId: null, draft })
  const fired = await client.webhook.fireSample({ webhookId: id, seed: 1 })
  const [delivery] = await ended(client, fired.deliveries)
  const attemptId = delivery?.attemptList[0]?.id
  if (!delivery || !attemptId) throw new Error('nothing was sent')
  return { delivery, attemptId }
}

/** Everything that the core shows of an attempt, raw bytes among it. */
async function everythingOf(
  client: CoreClient,
  { attemptId, delivery }: Awaited<ReturnType<typeof fireOnce>>,
): Promise<string> {
  const { request, response } = await client.delivery.exchange({ attemptId, whole: true })
  const bytes = [request, response].map((side) =>
    Buffer.from(side?.body.base64 ?? '', 'base64').toString(),
  )
  return JSON.stringify([
    request,
    response,
    bytes,
    await client.delivery.get({ deliveryId: delivery.id }),
    await client.delivery.curl({ attemptId, withSecrets: false }),
  ])
}

describe('a secret in the history', () => {
  it('is masked though it was typed with space around it', async () => {
    const { client } = await openTestCore()
    const { origin, requests } = await startMirror()
    const endpoint = { kind: 'plain', text: `${origin}/in` } as const
    const sent = await fireOnce(
      client,
      draftWith({ endpoint, ...secretHeader('topsecretvalue \t') }),
    )
    expect(requests[0]?.head.toString()).toContain('X-Partner: topsecretvalue\r\n')
    expect((await everythingOf(client, sent)).includes('topsecret')).toBe(false)
  })

  it('stays masked when its key is not here any more', async () => {
    const path = tempFolder()
    const first = await openTestCore(path)
    const { origin, requests } = await startMirror()
    const endpoint = { kind: 'plain', text: `${origin}/in?a=1&token=tok en-0123456789` } as const
    const sent = await fireOnce(
      first.client,
      draftWith({ endpoint, ...secretHeader('Bearer sk_live_0123456789') }),
    )
    expect(requests[0]?.head.toString()).toContain('sk_live_0123456789')
    await first.core.close()
    rmSync(`${path}/secrets.key`)
    const { client } = await openTestCore(path)
    const shown = await everythingOf(client, sent)
    expect(/sk_live|en-0123/.exec(shown)).toBeNull()
    expect(shown.includes('/in?a=1&token=')).toBe(true)
  })
})

describe('a secret that is being typed', () => {
  it('does not hide what only begins like it, once the form has the whole', async () => {
    const { client } = await openTestCore()
    const { origin } = await startMirror()
    for (const text of ['name', 'names', 'names-of-no-one-9']) {
      await client.draft.put({ webhookId: null, draft: draftWith(secretHeader(text)) })
    }
    const endpoint = { kind: 'plain', text: `${origin}/in` } as const
    const sent = await fireOnce(client, draftWith({ endpoint, event: 'meeting.booked' }))
    const { request } = await client.delivery.exchange({ attemptId: sent.attemptId, whole: true })
    expect(request?.body.text?.includes('"name"')).toBe(true)
    expect(request?.hasSecrets).toBe(false)
    await client.draft.put({ webhookId: null, draft: draftWith(secretHeader('name')) })
    await client.draft.discard({ webhookId: null })
    const again = await client.delivery.exchange({ attemptId: sent.attemptId, whole: true })
    expect(again.request?.hasSecrets).toBe(false)
  })

  it('and was given up before a restart can be typed again and is kept', async () => {
    const path = tempFolder()
    const draft = draftWith(secretHeader('Bearer typed-twice-0123'))
    const first = await openTestCore(path)
    await first.client.draft.put({ webhookId: null, draft })
    await first.client.draft.discard({ webhookId: null })
    await first.core.close()
    const second = await openTestCore(path)
    const saved = await second.client.webhook.save({ webhookId: null, draft })
    await second.core.close()
    const { client } = await openTestCore(path)
    const webhook = (await client.webhook.list()).find(({ id }) => id === saved.id)
    const value = webhook?.headers[0]?.value
    if (value?.kind !== 'kept') throw new Error('not kept')
    expect(await client.secret.reveal({ secretId: value.secretId })).toEqual({
      value: 'Bearer typed-twice-0123',
    })
  })
})

describe('the password of a proxy', () => {
  it('is shown by its user alone, not by its last characters', async () => {
    const { client } = await openTestCore()
    const { network } = await client.settings.get()
    const proxyCredentials = { kind: 'secret', text: 'bob:secret12' } as const
    const saved = await client.settings.update({ network: { ...network, proxyCredentials } })
    expect(saved.network.proxyCredentials).toMatchObject({ kind: 'kept', mask: 'bob:••••••••' })
  })
})

describe('a received request', () => {
  it('keeps what its URL holds to itself, also before it is replayed', async () => {
    const { client } = await openTestCore()
    const [echo] = await client.receiver.list()
    await fetch(`${echo?.url}?a=1&token=fromOutside99&sig=onlyHere0123`, {
      method: 'POST',
      body: 'again: fromOutside99',
    })
    const listed = async () => (await client.capture.list({ filter: {}, limit: 5 })).items
    await expect.poll(listed).toHaveLength(1)
    const [row] = await listed()
    if (!row) throw new Error('nothing was captured')
    const whole = await client.capture.get({ captureId: row.id, whole: true })
    const shown = JSON.stringify([row, whole])
    expect(/fromOutside|onlyHere/.exec(shown)).toBeNull()
    expect(row.startLine).toMatch(/^POST \/in\/echo\?a=1&token=•+\S*&sig=•+\S* HTTP/)
    expect(whole.request?.hasSecrets).toBe(true)
  })
})
