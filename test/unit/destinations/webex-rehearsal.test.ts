/** Webex's rules (developer.webex.com), and every failure that any rehearsal can be told. */
import { describe, expect, it } from 'vitest'
import { REHEARSAL_FAILURES, REHEARSAL_KINDS } from '#contract'
import {
  failAsTold,
  likeness,
  newRehearsalPath,
  recogniseEndpoint,
  rehearsalKindOf,
} from '../../../src-main/destinations/index.ts'
import { rehearsed } from '../../support/rehearsed.ts'

describe('a Webex rehearsal', () => {
  it('says yes with 204, or with 200', () => {
    const said = (webexStatus: 200 | 204) =>
      rehearsed('webex', { body: { text: 'hi' }, settings: { webexStatus } }).answer
    expect(said(204)).toEqual({ status: 204, headers: [], body: '' })
    expect(said(200)).toMatchObject({ status: 200, body: '' })
  })

  it.each([
    [{ body: { markdown: '**hi**' } }, '204 posted'],
    [{ body: { text: 'ä'.repeat(3_719) } }, '204 posted'],
    [{ body: { text: 'ä'.repeat(3_720) } }, '400 refused'],
    [{ body: { text: 'a', markdown: 'x'.repeat(7_440) } }, '400 refused'],
    [{ body: {} }, '400 refused'],
    [{ body: { text: '' } }, '400 refused'],
    [{ body: { text: 5 } }, '400 refused'],
    [{ body: '[]' }, '400 refused'],
    [{ body: '{' }, '400 refused'],
    [{ body: { text: 'hi' }, target: '/v1/webhooks/incoming/other' }, '404 refused'],
    [{ method: 'PUT' }, '405 refused'],
    [{ body: 'text=hi', mediaType: 'application/x-www-form-urlencoded' }, '415 refused'],
    [{ body: { text: 'hi' }, isTooFast: true }, '429 refused'],
  ])('%j: %s', (change, expected) => {
    const { answer, verdict } = rehearsed('webex', change)
    expect(`${answer.status} ${verdict.result}`).toBe(expected)
    if (verdict.result === 'posted') return
    expect(verdict.code).toBe(`webex_${answer.status}`)
    expect(JSON.parse(answer.body)).toEqual({
      message: verdict.words,
      errors: [{ description: verdict.words }],
      trackingId: 'GTWY_1',
    })
    const waits = answer.headers.filter(([name]) => name === 'Retry-After')
    expect(waits).toHaveLength(answer.status === 429 ? 1 : 0)
  })
})

describe('a rehearsal that is told to fail', () => {
  const all = REHEARSAL_KINDS.flatMap((kind) =>
    REHEARSAL_FAILURES[kind].map(({ code, status }) => [kind, code, status] as const),
  )

  it.each(all)('%s: %s with %i', (kind, code, status) => {
    const { answer, verdict } = failAsTold(kind, code, 'GTWY_1')
    expect(answer.status).toBe(status)
    expect(verdict).toMatchObject({ code, isTold: true, words: expect.stringMatching(/\w.*\.$/) })
    expect(verdict.result).toBe(status === 202 ? 'lost' : 'refused')
    const isWait = status === 429 || status === 423
    expect(answer.headers.some(([name]) => name === 'Retry-After')).toBe(isWait)
    if (kind === 'slack' && status !== 405) expect(answer.body).toBe(code)
    if (kind === 'teams_legacy') expect(answer.body).not.toBe('1')
  })

  it('says of each status that no document names that it is a guess, and of no other', () => {
    const guessed = REHEARSAL_KINDS.flatMap((kind) =>
      REHEARSAL_FAILURES[kind].filter(({ isStatusGuessed }) => isStatusGuessed),
    )
    expect(guessed.map(({ code }) => code).toSorted()).toEqual([
      'NotFound',
      'Unauthorized',
      'invalid_blocks_format',
      'no_service_id',
      'no_team',
      'no_text',
      'team_disabled',
      'too_many_attachments',
    ])
    for (const { status, label } of guessed) expect(label).toContain(`${status} (a guess)`)
  })

  it('has each failure once', () => {
    expect(new Set(all.map(([kind, code]) => `${kind} ${code}`)).size).toBe(all.length)
  })
})

describe('the address of a rehearsal', () => {
  let drawn = 0
  const next = (limit: number) => drawn++ % limit

  it.each([
    ['slack', 'slack', /^\/services\/T[A-Z0-9]{10}\/B[A-Z0-9]{10}\/[A-Za-z0-9]{24}$/],
    [
      'teams',
      'teams',
      /^\/powerautomate\/automations\/direct\/workflows\/[0-9a-f]{32}\/triggers\/manual\/paths\/invoke\?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1\.0&sig=[\w-]{43}$/,
    ],
    [
      'teams_legacy',
      'teams',
      /^\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36}$/,
    ],
    ['webex', 'webex', /^\/v1\/webhooks\/incoming\/[\w-]{80}$/],
  ] as const)('%s has the shape of the real one, and a secret', (kind, destination, shape) => {
    const path = newRehearsalPath(kind, next)
    expect(path).toMatch(shape)
    expect(rehearsalKindOf(path.split('?')[0] ?? '')).toBe(kind)
    const found = recogniseEndpoint(`http://127.0.0.1:4781${path}`)
    expect(found.destination).toBe(destination)
    expect(found.secrets).toHaveLength(1)
  })

  it.each([
    ['/services/T1/B1/other', 2],
    ['/services/T1/B2/secret', 1],
    ['/services/T2/B1/secret', 0],
  ])('%s is like /services/T1/B1/secret by %i', (path, expected) => {
    expect(likeness(path, '/services/T1/B1/secret')).toBe(expected)
  })
})
