import { expect, test } from './app.ts'

test('a link that was used says how to get a fresh one, which a second start prints', async ({
  app,
  host,
  browser,
}) => {
  await expect(app.getByText('Booked meetings → Echo')).toBeVisible()
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(host.link)
  await expect(page.getByText(/A link opens once.*Start Hookstage again/)).toBeVisible()
  await expect(page.getByRole('contentinfo').getByText('no access')).toBeVisible()
  await expect(page.getByText('Connecting…')).toBeHidden()
  await page.getByRole('navigation').getByRole('link', { name: 'Deliveries' }).click()
  await expect(page.getByRole('main')).toContainText('Without access nothing is read')
  await expect(page.getByText(/Hookstage is away/)).toHaveCount(0)
  const { link } = await host.again()
  await page.goto(link)
  await expect(page.getByRole('main')).toContainText('No deliveries yet')
  await expect(page.getByText(/Without access/)).toHaveCount(0)
  await page.getByRole('navigation').getByRole('link', { name: 'Webhooks' }).click()
  await expect(page.getByText('Booked meetings → Echo')).toBeVisible()
  await context.close()
})
