/** Rehearsals answer over real sockets, and each of their answers is judged as the real one's is. */
import { describe, expect, it } from 'vitest'
import {
  AS_THE_REAL_ONE,
  type Destination,
  outcomeStatus,
  REHEARSAL_FAILURES,
  REHEARSAL_KINDS,
  type ReceiverId,
  type RehearsalKind,
} from '#contract'
import { judgeByStatus, judgeOf, recogniseEndpoint } from '../../../src-main/destinations/index.ts'
import { openReceivers } from '../../support/open-receivers.ts'

const OF: Readonly<
  Record<RehearsalKind, { id: string; destination: Destination; message: object }>
> = {
  slack: { id: 'slack', destination: 'slack', message: { text: 'hi' } },
  teams: {
    id: 'teams',
    destination: 'teams',
    message: {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            type: 'AdaptiveCard',
            version: '1.4',
            body: [{ type: 'TextBlock', text: 'hi' }],
          },
        },
      ],
    },
  },
  teams_legacy: { id: 'teams-legacy', destination: 'teams', message: { text: 'hi' } },
  webex: { id: 'webex', destination: 'webex', message: { markdown: '**hi**' } },
}

/** What the answer of a rehearsal amounts to, that is told to fail so; null: as the real one. */
async function judged(kind: RehearsalKind, code: string | null) {
  const { receivers, vault } = await openReceivers()
  await receivers.start()
  const id = OF[kind].id as ReceiverId
  if (code !== null) receivers.setRehearsal(id, { ...AS_THE_REAL_ONE, told: { code, left: 1 } })
  const url = vault.reveal(receivers.get(id).secretUrl?.secretId ?? ('' as never))
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(OF[kind].message),
  })
  const lines = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`)
  const { destination } = recogniseEndpoint(url)
  expect(destination).toBe(OF[kind].destination)
  const { origin, pathname, search } = new URL(url)
  const judge = judgeOf(destination, { origin, path: pathname + search }, (text) => text)
  const { code: outcome, reason } = (judge ?? judgeByStatus)({
    httpStatus: response.status,
    head: Buffer.from(`HTTP/1.1 ${response.status} X\r\n${lines.join('')}\r\n`),
    body: Buffer.from(await response.arrayBuffer()),
  })
  return { status: outcomeStatus(outcome), reason }
}

describe('an answer of a rehearsal', () => {
  it.each(REHEARSAL_KINDS)('of %s that takes a message is judged so', async (kind) => {
    const { status } = await judged(kind, null)
    expect(status).toBe(kind === 'teams' ? 'accepted' : 'delivered')
  })

  const failures = REHEARSAL_KINDS.flatMap((kind) =>
    REHEARSAL_FAILURES[kind].map(({ code, status }) => ({ kind, code, httpStatus: status })),
  )

  it.each(failures)(
    '$kind $code is never taken for delivered',
    async ({ kind, code, httpStatus }) => {
      const { status, reason } = await judged(kind, code)
      // What a flow does after its 202 is not known to the sender.
      expect(status).toBe(httpStatus === 202 ? 'accepted' : 'refused')
      const isPlain = httpStatus === 405 || httpStatus === 429
      if (kind === 'slack' && !isPlain) expect(reason).toContain(`Slack refused it: ${code}.`)
      if (kind === 'webex') expect(reason).toContain('Webex refused it')
      if (kind === 'teams_legacy')
        expect(reason).toMatch(/^Teams (answered 200, but|refused it with 200)/)
      if (httpStatus === 429) expect(reason).toMatch(/asks to wait \d+ s\./)
    },
  )
})
