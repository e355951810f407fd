/** Every documented answer of Slack: what it amounts to, what is said of it, and how it is quoted. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { judgeOf } from '../../../src-main/destinations/index.ts'
import { CONNECTOR, FLOW, judged, SLACK, WEBEX } from '../../support/judged.ts'

const NEW_URL = 'Make a new webhook in Slack and put its URL into Endpoint.'
const SHAPE = 'Choose Message format: Slack, or give the template a text.'
const MEND = 'Choose Message format: Slack, or mend the template.'

describe('Slack', () => {
  it('is taken at its word ok', () => {
    expect(judged('slack', SLACK, 200, { body: 'ok' })).toEqual({
      code: 'ok',
      reason: 'Slack took it: it answered ok.',
    })
  })

  it.each<[string, number, string, boolean]>([
    [
      'invalid_payload',
      400,
      `It could not read the message: this is not valid JSON, or not what the content type says. ${SHAPE}`,
      true,
    ],
    [
      'user_not_found',
      400,
      'The user whom the message addresses does not exist. Correct the user in it.',
      true,
    ],
    [
      'action_prohibited',
      403,
      'An administrator has restricted this. Ask one of the workspace to allow it.',
      false,
    ],
    [
      'posting_to_general_channel_denied',
      403,
      'Posting to #general is restricted, and the webhook’s maker may not. Make a webhook for another channel, or ask an administrator.',
      false,
    ],
    [
      'channel_not_found',
      404,
      'The channel does not exist. Make a webhook in Slack for a channel that does.',
      true,
    ],
    [
      'channel_is_archived',
      410,
      'The channel is archived. Bring it back in Slack, or make a webhook for another channel.',
      true,
    ],
    ['rollup_error', 500, 'Something went wrong at Slack. Send it again later.', false],
    ['no_active_hooks', 404, `The webhook is disabled. ${NEW_URL}`, true],
    [
      'no_service',
      404,
      `The webhook is disabled or removed, or its URL is not right. ${NEW_URL}`,
      true,
    ],
    [
      'invalid_token',
      403,
      `The secret at the end of the URL is wrong, expired or missing. ${NEW_URL}`,
      true,
    ],
    [
      'invalid_blocks',
      400,
      `The blocks of the message are not valid; Slack does not say which. ${MEND}`,
      true,
    ],
    [
      'missing_text_or_fallback_or_attachments',
      400,
      `The message has neither text, blocks nor attachments. ${SHAPE}`,
      true,
    ],
    ['no_text', 400, `The message has neither text, blocks nor attachments. ${SHAPE}`, true],
    [
      'too_many_attachments',
      400,
      'The message has more than 100 attachments. Send fewer of them.',
      true,
    ],
    [
      'no_service_id',
      404,
      'The part of the URL that begins with B names no webhook. Copy the URL from Slack again.',
      true,
    ],
    [
      'no_team',
      404,
      'The part of the URL that begins with T names no workspace. Copy the URL from Slack again.',
      true,
    ],
    [
      'team_disabled',
      403,
      'The Slack workspace is not active. Use a webhook of one that is.',
      true,
    ],
    [
      'invalid_blocks_format',
      400,
      `By its name, the blocks are not in a form that Slack reads; its documentation does not list this. ${MEND}`,
      true,
    ],
  ])(
    'means by %s, whatever its status, what its documentation says',
    (word, status, says, isFinal) => {
      const refused = {
        code: 'destination_refused',
        reason: `Slack refused it: ${word}. ${says}`,
        isFinal,
      }
      expect(judged('slack', SLACK, status, { body: word })).toEqual(refused)
      // Not all of the statuses are documented: the word decides.
      expect(judged('slack', SLACK, 200, { body: `${word}\n` })).toEqual(refused)
    },
  )

  it('does not say yes with a 200 and something else than ok', () => {
    expect(judged('slack', SLACK, 200, { body: '<html>Sign in</html>' })).toEqual({
      code: 'destination_refused',
      reason:
        'Slack answered 200, but not ok as it does when it takes a message: “<html>Sign in</html>”. Check that the endpoint is the URL of an incoming webhook.',
    })
    expect(judged('slack', SLACK, 200).code).toBe('destination_refused')
  })

  it('is judged by the status where its word is unknown', () => {
    expect(judged('slack', SLACK, 404, { body: 'something_new' })).toEqual({
      code: 'http_status',
      reason:
        'Slack refused it: “something_new”. Answered 404 Not Found. Nothing is at this path; check the endpoint.',
    })
    expect(judged('slack', SLACK, 405)).toEqual({
      code: 'http_status',
      reason: 'Answered 405 Method Not Allowed. This path takes no POST; check the endpoint.',
    })
    expect(
      judged('slack', SLACK, 302, { headers: ['Location: https://slack.com/'] }),
    ).toMatchObject({
      code: 'http_status',
      reason: expect.stringContaining('a redirect to https://slack.com'),
    })
  })

  it('asks to slow down with 429, whatever its body', () => {
    for (const body of ['', 'rate_limited', '{"ok":false}', 'ok']) {
      expect(judged('slack', SLACK, 429, { body, headers: ['Retry-After: 30'] })).toEqual({
        code: 'http_status',
        reason:
          'Slack refused it: 429 Too Many Requests. It takes one message a second at a webhook. Slack asks to wait 30 s. Wait before the next; an app that goes on posting may be disabled.',
      })
    }
  })

  it('answers for its workflows by the status alone', () => {
    const url = 'https://hooks.slack.com/triggers/T000/1/XXXXXXXX'
    expect(judged('slack', url, 200, { body: '{"ok":true}' }).code).toBe('ok')
  })
})

describe('plain HTTP', () => {
  it('is judged by the status alone, 202 too', () => {
    const { origin } = new URL('https://api.example.com')
    expect(judgeOf('http', { origin, path: '/in' }, (text) => text)).toBeUndefined()
    expect(judged('http', `${origin}/in`, 202).code).toBe('ok')
  })
})

describe('what is quoted of an answer', () => {
  it('is read through its content coding, up to a bound', () => {
    const headers = ['Content-Encoding: gzip']
    expect(judged('slack', SLACK, 200, { headers, body: gzipSync('ok') }).code).toBe('ok')
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, 'o'))
    const { code, reason } = judged('slack', SLACK, 200, { headers, body: bomb })
    expect(code).toBe('destination_refused')
    expect(reason).toBe(
      'Slack answered 200, but not ok as it does when it takes a message. Check that the endpoint is the URL of an incoming webhook.',
    )
  })

  it('is short, of one line, without secrets and without what turns a line around', () => {
    const hostile = `no XXXXXXXX\r\nX: \u202e\u2066evil\u0000\u200b ${'long '.repeat(2_000)}`
    const { reason } = judged('slack', SLACK, 500, { body: hostile })
    expect(reason).toMatch(/^Slack refused it: “no •••••••• X: evil long long /)
    expect(reason).toContain('…” Answered 500')
    expect(reason.length).toBeLessThan(500)
    expect(reason).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  it('never throws, whatever the body', () => {
    const bodies = [
      '{"error":[]}',
      '{"error":{"code":{},"message":[]}}',
      '{"errors":{}}',
      '\xff\xfe',
    ]
    for (const body of [...bodies, `${'{"a":'.repeat(20_000)}1`, 'null', '"ok"']) {
      for (const [destination, url] of [
        ['slack', SLACK],
        ['teams', FLOW],
        ['teams', CONNECTOR],
        ['webex', WEBEX],
      ] as const) {
        for (const status of [200, 202, 400, 500]) {
          expect(judged(destination, url, status, { body }).reason).not.toBe('')
        }
      }
    }
  })
})
