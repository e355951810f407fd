/** What the conformance cases share. */
import { type CoreClient, ended } from '../support/open-core.ts'

/** An id that nothing has. */
export const NONE = 'none'

export type Cases = Readonly<Record<string, (client: CoreClient) => Promise<void>>>

/** The first that sends to Echo. */
export async function firstWebhook(client: CoreClient) {
  const webhooks = await client.webhook.list()
  const webhook = webhooks.find(
    ({ endpoint }) => endpoint.kind === 'plain' && endpoint.text.endsWith('/in/echo'),
  )
  if (!webhook) throw new Error('no sample webhook for Echo')
  return webhook
}

export async function delivered(client: CoreClient) {
  const { id } = await firstWebhook(client)
  const [delivery] = await ended(
    client,
    (await client.webhook.fireSample({ webhookId: id, seed: 1 })).deliveries,
  )
  const attempt = delivery?.attemptList[0]
  if (!delivery || !attempt) throw new Error('nothing was delivered')
  return { delivery, attempt }
}
