/** A core from its start to its end: what it lets go of, and what it waits for. */
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { textAnswer } from '#contract'
import { createRuntime } from '../../src-main/runtime.ts'
import { openCore } from '../../src-main/services.ts'
import { draftWith } from '../support/factories.ts'
import { openTestCore } from '../support/open-core.ts'
import { tempFolder } from '../support/temp-folder.ts'

function listeningServers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length
}

describe('a core that is closed', () => {
  it('lets what is under way to its own receivers end first', async () => {
    const path = tempFolder()
    const { client, core } = await openTestCore(path)
    await client.app.removeSamples()
    const [echo] = await client.receiver.list()
    if (!echo) throw new Error('no Echo')
    await client.receiver.setScript({
      receiverId: echo.id,
      script: { steps: [textAnswer(200, 'late', { delayMs: 300 })], atEnd: 'repeat_last' },
    })
    const { id } = await client.webhook.save({
      webhookId: null,
      draft: draftWith({ endpoint: { kind: 'plain', text: echo.url } }),
    })
    const fired = await client.webhook.fireSample({ webhookId: id, seed: 1 })
    for await (const batch of await client.app.facts()) {
      void batch
      if ((await client.receiver.list())[0]?.received === 1) break
    }
    await core.close()
    const again = await openTestCore(path)
    expect(await again.client.delivery.some({ ids: fired.deliveries })).toMatchObject([
      { status: 'delivered', attempts: 1 },
    ])
  })
})

describe('a core that cannot start', () => {
  it('lets go of all that it had begun, so that the next start finds the folder free', async () => {
    const dataDir = tempFolder()
    await expect.poll(listeningServers).toBe(0)
    const runtime = {
      ...createRuntime(),
      newId: () => {
        throw new Error('no ids today')
      },
    }
    const log = pino({ enabled: false })
    await expect(openCore({ dataDir, host: 'memory', log, runtime })).rejects.toThrow('no ids')
    await expect.poll(listeningServers).toBe(0)
    const { client } = await openTestCore(dataDir)
    expect((await client.app.status()).receivers.listening).toBe(true)
  })
})
