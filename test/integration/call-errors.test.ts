/** What a call answers when it fails, and what the log says of it. */
import { Writable } from 'node:stream'
import { createRouterClient } from '@orpc/server'
import pino from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openCore } from '../../src-main/services.ts'
import { openFile } from '../../src-main/store/database.ts'
import { type CoreClient, ended, openTestCore } from '../support/open-core.ts'
import { tempFolder } from '../support/temp-folder.ts'

async function openLoggingCore() {
  const lines: string[] = []
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString())
      done()
    },
  })
  const dataDir = tempFolder()
  const core = await openCore({ dataDir, host: 'memory', log: pino(stream) })
  onTestFinished(() => core.close())
  const client: CoreClient = createRouterClient(core.router)
  return { client, dataDir, lines }
}

describe('a call', () => {
  it('that its caller gave up is no failure for the log', async () => {
    const { client, lines } = await openLoggingCore()
    const abort = new AbortController()
    abort.abort()
    await expect(
      client.delivery.list({ filter: { text: 'x' }, limit: 10 }, { signal: abort.signal }),
    ).rejects.toThrow()
    expect(lines).toEqual([])
  })

  it('whose answer does not fit the contract fails with an id that the log has too', async () => {
    const { client, dataDir, lines } = await openLoggingCore()
    const [webhook] = await client.webhook.list()
    if (!webhook) throw new Error('no webhook')
    const fired = await client.webhook.fireSample({ webhookId: webhook.id, seed: 1 })
    await ended(client, fired.deliveries)
    const db = openFile(`${dataDir}/hookstage.sqlite`)
    db.exec("UPDATE events SET id = ''")
    db.close()
    const failure = await client.delivery.list({ filter: {}, limit: 10 }).then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/The log has the details under err_/),
    })
    const id = /err_[0-9A-Z]+/.exec(String(failure))?.[0] ?? 'none'
    expect(lines.filter((line) => line.includes(id))).toHaveLength(1)
    expect(lines[0]).toContain('delivery.list')
  })

  it('while another program has the database locked is refused in words, and can be made again', async () => {
    const { client, dataDir, lines } = await openLoggingCore()
    const [webhook] = await client.webhook.list()
    if (!webhook) throw new Error('no webhook')
    const fire = () => client.webhook.fireSample({ webhookId: webhook.id, seed: 1 })
    const other = openFile(`${dataDir}/hookstage.sqlite`)
    other.exec('BEGIN IMMEDIATE')
    await expect(fire()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^Another program.* has the database locked/),
    })
    other.exec('ROLLBACK')
    other.close()
    const { deliveries } = await fire()
    expect(await ended(client, deliveries)).toMatchObject([{ status: 'delivered' }])
    expect(lines).toEqual([])
  })
})

describe('while another program has the database locked', () => {
  it('what receivers get is answered, kept in memory and recorded once it can be', async () => {
    const { client, dataDir } = await openTestCore()
    const receivers = await client.receiver.list()
    const echo = receivers.find(({ kind }) => kind === 'plain')
    const slack = receivers.find(({ kind }) => kind === 'slack')
    if (!echo || !slack?.secretUrl) throw new Error('no receiver')
    const told = { ...slack.rehearsal, told: { code: 'no_service', left: 3 } }
    await client.receiver.setRehearsal({ receiverId: slack.id, settings: told })
    const { value: url } = await client.secret.reveal({ secretId: slack.secretUrl.secretId })
    const other = openFile(`${dataDir}/hookstage.sqlite`)
    other.exec('BEGIN IMMEDIATE')
    const post = async (to: string) => (await fetch(to, { method: 'POST', body: 'x' })).status
    expect([await post(echo.url), await post(url), await post(echo.url)]).toEqual([200, 404, 200])
    const { notices } = await client.app.status()
    expect(notices).toMatchObject([
      { message: expect.stringMatching(/^Another program.*kept in memory/) },
    ])
    expect((await client.capture.list({ filter: {}, limit: 9 })).items).toEqual([])
    other.exec('ROLLBACK')
    other.close()
    const recorded = async () => (await client.capture.list({ filter: {}, limit: 9 })).items
    await expect.poll(recorded, { timeout: 5_000 }).toHaveLength(3)
    await expect.poll(async () => (await client.app.status()).notices).toEqual([])
    expect((await recorded()).map(({ status }) => status)).toEqual([200, 404, 200])
  })
})
