/** From starting the built browser host to its first screen with data in it, in a real Chromium. */
import { chromium } from '@playwright/test'
import { chromiumArgs, chromiumPath } from '../support/ensure-chromium.ts'
import { startHost } from '../support/start-host.ts'
import { type Figure, median } from './measure.ts'

const RUNS = 5

/** The host has to be built. */
export async function benchStart(): Promise<Figure[]> {
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: chromiumArgs,
  })
  const links: number[] = []
  const screens: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const startedMs = performance.now()
    const host = await startHost()
    links.push(performance.now() - startedMs)
    const page = await browser.newPage()
    await page.goto(host.link)
    await page.getByText('Booked meetings → Echo').waitFor()
    screens.push(performance.now() - startedMs)
    await page.close()
    await host.remove()
  }
  await browser.close()
  return [
    { name: 'start of the browser host to its printed link', value: median(links), unit: 'ms' },
    { name: 'start to the first screen with its webhooks', value: median(screens), unit: 'ms' },
  ]
}
