import { connectHost } from '../support/host-client.ts'
import { expect, goTo, row, test } from './app.ts'

test('a half-filled form survives leaving the screen, a reload, and a crash of the host', async ({
  app,
  host,
  allowed,
}) => {
  allowed.push(/WebSocket|ERR_CONNECTION|Failed to load resource/)
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  const name = () =>
    app.getByRole('region', { name: 'New webhook' }).getByLabel('Name', { exact: true })
  const endpoint = () =>
    app.getByRole('region', { name: 'New webhook' }).getByLabel('Endpoint', { exact: true })
  await name().fill('Half a form')
  await endpoint().fill('https://hooks.slack.com/services/T0/B0/very-secret-part')
  await goTo(app, 'settings')
  await app.goto(`${host.origin}/#/webhooks/new`)
  await expect(name()).toHaveValue('Half a form')
  await app.waitForTimeout(300)
  await app.reload()
  await expect(name()).toHaveValue('Half a form')
  expect(await app.content()).not.toContain('very-secret-part')

  await host.kill()
  await expect(app.getByText(/Hookstage is away\. Trying again/)).toBeVisible()
  await name().fill('Half a form, typed while it was away')
  const again = await host.again()
  expect(again.origin).toBe(host.origin)
  await expect(app.getByText(/Hookstage is away\. Trying again/)).toBeHidden({ timeout: 15_000 })
  await app.waitForTimeout(300)
  await app.reload()
  await expect(name()).toHaveValue('Half a form, typed while it was away')
  await again.remove()
})

test('an edited payload survives a crash of the host, at another address too', async ({
  app,
  host,
  allowed,
}) => {
  allowed.push(/WebSocket|ERR_CONNECTION|Failed to load resource/)
  const editor = () => app.getByRole('textbox', { name: 'Payload as JSON' })
  const view = () => app.getByRole('radiogroup', { name: 'Payload view' }).getByText('JSON')
  await goTo(app, 'simulator')
  await view().click()
  await editor().click()
  await app.keyboard.press('Control+a')
  await app.keyboard.insertText('{"half": "a payload"}')
  await expect(app.getByText('edited', { exact: true })).toBeVisible()
  await goTo(app, 'settings')
  const token = await app.evaluate(() => sessionStorage.getItem('hookstage.session'))
  const { client, close } = await connectHost(host, token ?? '')
  await expect.poll(async () => (await client.simulator.drafts()).length).toBe(1)
  close()
  await host.kill()
  const again = await host.again()
  await app.evaluate(() => localStorage.clear())
  await app.goto(again.link)
  await goTo(app, 'simulator')
  await view().click()
  await expect(editor()).toHaveText('{"half": "a payload"}')
  await again.remove()
})

test('what cannot be sent is explained in place, with a way out', async ({ app }) => {
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  const form = app.getByRole('region', { name: 'New webhook' })
  const endpoint = form.getByLabel('Endpoint', { exact: true })
  await endpoint.fill('example.com/hook')
  await endpoint.press('Tab')
  await expect(form.getByText(/Did you mean https:\/\/example\.com\/hook/)).toBeVisible()
  await form.getByRole('button', { name: 'Add header' }).click()
  await form.getByRole('group', { name: 'Header 1' }).getByLabel('Key').fill('Content-Length')
  await app.keyboard.press('Tab')
  await expect(form.getByText(/Hookstage sets Content-Length itself/)).toBeVisible()
  await form.getByRole('button', { name: 'Remove this header' }).click()
  await expect(form.getByRole('group', { name: 'Header 1' })).toBeHidden()
  await endpoint.fill('http://user:pass@127.0.0.1:9/x')
  await endpoint.press('Tab')
  await form.getByRole('button', { name: 'Send as Authorization header' }).click()
  await expect(endpoint).toHaveValue('http://127.0.0.1:9/x')
  await expect(form.getByRole('group', { name: 'Header 1' }).getByLabel('Key')).toHaveValue(
    'Authorization',
  )
  await expect(
    app.getByRole('region', { name: 'The request it will make' }).getByText(/Basic ••••/),
  ).toBeVisible()
})

test('a webhook is switched off, duplicated, deleted and brought back', async ({ app }) => {
  const name = 'Sponsor leads → Teams'
  await app.getByRole('switch', { name: `${name} is active` }).click({ force: true })
  await goTo(app, 'simulator')
  await app.getByRole('main').getByText('Interested', { exact: true }).click()
  await expect(app.getByText('inactive', { exact: true })).toBeVisible()
  await goTo(app, 'webhooks')
  await app.getByRole('button', { name: `More for ${name}` }).click()
  await app.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(app.getByText(`${name} (copy)`).first()).toBeVisible()
  await app.getByRole('button', { name: `More for ${name}`, exact: true }).click()
  await app.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(app.getByRole('link', { name, exact: true })).toBeHidden()
  await app.getByRole('button', { name: 'Undo' }).first().click()
  await expect(row(app, name).first()).toBeVisible()
  await expect(app.getByRole('link', { name, exact: true })).toBeVisible()
})
