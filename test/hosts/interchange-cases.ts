/** Conformance cases of importing and exporting. */
import { expect } from 'vitest'
import type { DeliveryId, ExportPiece, ExportRequest } from '#contract'
import type { CoreClient } from '../support/open-core.ts'
import { type Cases, delivered, NONE } from './conformance-support.ts'

const CURL = {
  source: { kind: 'text' as const, text: "curl https://example.com/hook -d 'a=1'" },
  passphrase: null,
}

const HAR: Omit<ExportRequest, 'source'> = {
  format: 'har',
  withSecrets: false,
  passphrase: null,
  webhooks: false,
  samples: false,
}

async function written(client: CoreClient, request: ExportRequest): Promise<ExportPiece[]> {
  const pieces: ExportPiece[] = []
  for await (const piece of await client.export.write(request)) pieces.push(piece)
  return pieces
}

export const INTERCHANGE_CASES: Cases = {
  'import.recognise': async (client) => {
    const { from, items } = await client.import.recognise(CURL)
    expect([from, items.map(({ method, title }) => `${method} ${title}`)]).toEqual([
      'curl',
      ['POST https://example.com/hook'],
    ])
    const nothing = client.import.recognise({
      source: { kind: 'text', text: 'what is this' },
      passphrase: null,
    })
    await expect(nothing).rejects.toMatchObject({ code: 'invalid' })
  },
  'import.save': async (client) => {
    const { captureIds } = await client.import.save({ ...CURL, chosen: [0], mapping: null })
    const [captureId = NONE] = captureIds
    const capture = await client.capture.get({ captureId, whole: false })
    expect(capture).toMatchObject({
      startLine: 'POST /hook HTTP/1.1',
      imported: { from: 'curl', url: 'https://example.com/hook' },
    })
  },
  'import.count': async (client) => {
    expect(await client.import.count()).toEqual({ requests: 0 })
    await client.import.save({ ...CURL, chosen: [0], mapping: null })
    expect(await client.import.count()).toEqual({ requests: 1 })
  },
  'export.write': async (client) => {
    const { delivery } = await delivered(client)
    const source = { kind: 'deliveries' as const, ids: [delivery.id] }
    const pieces = await written(client, { ...HAR, source })
    expect(pieces.at(-1)).toMatchObject({ kind: 'end', requests: 1, leftOut: [] })
    const text = pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('')
    expect(JSON.parse(text)).toMatchObject({ log: { version: '1.2' } })
    const nothing = written(client, {
      ...HAR,
      source: { kind: 'deliveries', ids: [NONE as DeliveryId] },
    })
    await expect(nothing).rejects.toMatchObject({ code: 'invalid' })
  },
}
