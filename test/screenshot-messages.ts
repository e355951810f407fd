/** The README's pictures of messages: what Slack, Teams and Webex would show, beside the bytes. */
import { resolve } from 'node:path'
import type { Browser } from '@playwright/test'
import type { Chat, WebhookId } from '#contract'
import { draftWith } from './support/factories.ts'
import { connectHost } from './support/host-client.ts'
import { startHost } from './support/start-host.ts'

/** Addresses in the shape of each destination's; none of them is anyone's. */
const ENDPOINTS: Readonly<Record<Chat, string>> = {
  slack: `https://hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`,
  teams: `https://default${'0'.repeat(24)}.00.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/${'0'.repeat(32)}/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${'X'.repeat(43)}`,
  webex: `https://webexapis.com/v1/webhooks/incoming/${'X'.repeat(80)}`,
}
const NAMES: Readonly<Record<Chat, string>> = {
  slack: 'Meetings → #events',
  teams: 'Meetings → Event team',
  webex: 'Meetings → Front desk',
}
/** Wide enough for the message and the bytes side by side. */
const VIEWPORT = { width: 2800, height: 720 }

/** @param folder where `message-<chat>-<scheme>.png` are put */
export async function shootMessages(
  browser: Browser,
  folder: string,
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const first = await startHost()
  const ids = await saveWebhooks(first)
  await first.stop()
  const host = await first.again()
  const page = await browser.newPage({ colorScheme, viewport: VIEWPORT, reducedMotion: 'reduce' })
  await page.goto(host.link)
  await page.getByText(NAMES.slack).waitFor()
  for (const [chat, id] of ids) {
    await page.goto(`${host.origin}/#/webhooks/${id}`)
    const pane = page.getByRole('region', { name: 'The request it will make' })
    await pane.getByText(NAMES[chat], { exact: true }).waitFor()
    await pane
      .getByRole('region', { name: /^The message in/ })
      .getByText(/Renewal/)
      .first()
      .waitFor()
    await pane.screenshot({ path: resolve(folder, `message-${chat}-${colorScheme}.png`) })
  }
  await page.close()
  await host.remove()
}

async function saveWebhooks(
  host: Awaited<ReturnType<typeof startHost>>,
): Promise<[Chat, WebhookId][]> {
  const { client, close } = await connectHost(host)
  const ids: [Chat, WebhookId][] = []
  for (const chat of ['slack', 'teams', 'webex'] as const) {
    const draft = draftWith({
      name: NAMES[chat],
      format: chat,
      endpoint: { kind: 'plain', text: ENDPOINTS[chat] },
    })
    const { id } = await client.webhook.save({ webhookId: null, draft })
    ids.push([chat, id])
  }
  close()
  return ids
}
