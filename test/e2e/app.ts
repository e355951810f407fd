/**
 * What the specs share: a host of its own per test, its page opened with the link, and a guard that
 * fails the test on any console error, broken policy or uncaught exception.
 */
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { filledFolder } from '../support/filled-folder.ts'
import { type Host, startHost } from '../support/start-host.ts'

interface Fixtures {
  /** Deliveries that are in the history from the start; with any there are no sample webhooks. */
  filled: number
  host: Host
  app: Page
  /** Messages that the test expects in the console, such as failed connections while the host is away. */
  allowed: RegExp[]
}

export const test = base.extend<Fixtures>({
  filled: [0, { option: true }],
  host: async ({ filled }, use) => {
    const host = await startHost(filled > 0 ? await filledFolder(filled) : undefined)
    await use(host)
    await host.remove()
  },
  allowed: async ({ browserName: _ }, use) => use([]),
  app: async ({ page, host, filled, allowed }, use) => {
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(`exception: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' || /content security policy/i.test(message.text())) {
        faults.push(`console: ${message.text()}`)
      }
    })
    await page.goto(host.link)
    await expect(page.getByText(filled > 0 ? 'Filled' : 'Booked meetings → Echo')).toBeVisible()
    await use(page)
    expect(faults.filter((fault) => !allowed.some((known) => known.test(fault)))).toEqual([])
  },
})

export { expect } from '@playwright/test'

export type Screen = 'webhooks' | 'simulator' | 'deliveries' | 'captures' | 'settings'

export async function goTo(page: Page, screen: Screen): Promise<void> {
  const name = screen.charAt(0).toUpperCase() + screen.slice(1)
  await page.getByRole('navigation').getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** The row of a list that holds a text. */
export function row(page: Page, text: string): Locator {
  return page.getByRole('row').filter({ hasText: text })
}

/** Shows a receiver's card, and answers it. */
export async function showReceiver(page: Page, name: string): Promise<Locator> {
  await goTo(page, 'captures')
  const receivers = page.getByRole('navigation', { name: 'Receivers' })
  await receivers.getByRole('button', { name, exact: true }).click()
  return page.getByRole('region', { name: `Receiver ${name}`, exact: true })
}

/** Opens the form of a new webhook and fills what every webhook needs; answers the form. */
export async function newWebhook(page: Page, name: string, endpoint: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const form = page.getByRole('region', { name: 'New webhook' })
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByLabel('Endpoint', { exact: true }).fill(endpoint)
  return form
}
