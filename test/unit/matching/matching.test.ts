import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TargetOperator, WebhookId } from '#contract'
import { audienceOf, matchTarget } from '../../../src-main/matching/index.ts'

const envelope = {
  data: {
    attendee: {
      ticketType: 'VIP',
      company: ' Müller & Söhne ',
      tags: ['Early Bird', 'press'],
      country: null,
      score: 7,
    },
    reason: 'duplicate',
    blank: ' ',
  },
}

function matches(field: string, operator: TargetOperator, ...values: string[]) {
  return matchTarget({ join: 'all', conditions: [{ field, operator, values }] }, envelope).matches
}

describe('target attendees', () => {
  it.each([
    ['ticketType', 'is', ['vip '], true],
    ['ticketType', 'is', ['Sponsor'], false],
    ['ticketType', 'is_not', ['Sponsor'], true],
    ['ticketType', 'is_not', ['VIP'], false],
    ['ticketType', 'is_any_of', ['Speaker', 'vip'], true],
    ['ticketType', 'is_none_of', ['Speaker', 'vip'], false],
    ['company', 'is', ['müller & söhne'], true],
    ['company', 'contains', ['SÖHNE'], true],
    ['company', 'starts_with', ['Müll'], true],
    ['company', 'starts_with', ['Söhne'], false],
    ['tags', 'is', ['early bird'], true],
    ['tags', 'contains', ['bird'], true],
    ['tags', 'is_none_of', ['press'], false],
    ['tags', 'exists', [], true],
    ['country', 'exists', [], false],
    ['country', 'is', [''], false],
    ['data.blank', 'is_any_of', ['Speaker', ''], false],
    ['data.blank', 'is_none_of', ['Speaker', ''], true],
    ['ticketType', 'contains', ['', 'Sponsor'], false],
    ['ticketType', 'is', ['', 'vip'], true],
    ['country', 'is_not', ['DE'], true],
    ['language', 'is', ['undefined'], false],
    ['data.reason', 'is', ['duplicate'], true],
    ['data.attendee.score', 'is', ['7'], true],
    ['data.nothing.here', 'exists', [], false],
    ['data.attendee.constructor', 'exists', [], false],
  ] as const)('%s %s %j → %s', (field, operator, values, expected) => {
    expect(matches(field, operator, ...values)).toBe(expected)
  })

  it('are everybody when there is no condition', () => {
    expect(matchTarget({ join: 'any', conditions: [] }, null)).toEqual({
      matches: true,
      reasons: [],
    })
  })

  it('join by all or by any, with a reason per condition', () => {
    const conditions = [
      { field: 'ticketType', operator: 'is' as const, values: ['Sponsor'] },
      { field: 'tags', operator: 'is_any_of' as const, values: ['press', 'media'] },
    ]
    expect(matchTarget({ join: 'all', conditions }, envelope).matches).toBe(false)
    const any = matchTarget({ join: 'any', conditions }, envelope)
    expect(any.matches).toBe(true)
    expect(any.reasons).toEqual([
      'ticket type is “VIP”, wants “Sponsor”',
      'tags are “Early Bird”, “press”, wants “press” or “media”',
    ])
  })
})

describe('a condition, whatever the payload', () => {
  const anyPath = fc.oneof(
    fc.constantFrom('tags', 'ticketType', 'data.attendee.tags.0', '', '.', 'data..x'),
    fc.string(),
  )
  const payload = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map((tags) => ({ data: { attendee: { tags, ticketType: tags } } })),
  )

  it('and its opposite never agree, and each gives its reason', () => {
    const opposites = [
      ['is', 'is_not'],
      ['is_any_of', 'is_none_of'],
    ] as const
    fc.assert(
      fc.property(anyPath, fc.array(fc.string()), payload, (field, values, value) => {
        for (const pair of opposites) {
          const [one, other] = pair.map((operator) =>
            matchTarget({ join: 'all', conditions: [{ field, operator, values }] }, value),
          )
          expect(one?.matches).not.toBe(other?.matches)
          expect([one?.reasons.length, other?.reasons.length]).toEqual([1, 1])
        }
      }),
    )
  })

  it('holds for a missing field only where it asks for something else', () => {
    for (const [operator, expected] of [
      ['is', false],
      ['is_not', true],
      ['is_any_of', false],
      ['is_none_of', true],
      ['contains', false],
      ['starts_with', false],
      ['exists', false],
    ] as const) {
      const target = {
        join: 'all' as const,
        conditions: [{ field: 'company', operator, values: [''] }],
      }
      expect(matchTarget(target, { data: {} }).matches, operator).toBe(expected)
    }
  })
})

describe('the audience of an event', () => {
  const target = {
    join: 'all' as const,
    conditions: [{ field: 'ticketType', operator: 'is' as const, values: ['Sponsor'] }],
  }
  const everyone = { join: 'all' as const, conditions: [] }
  const candidate = (id: string, change: object) => ({
    id: id as WebhookId,
    name: id,
    event: 'attendee.created' as const,
    status: 'active' as const,
    target: everyone,
    ...change,
  })

  it('says of each webhook whether it receives it, and why not', () => {
    const rows = audienceOf(
      [
        candidate('yes', {}),
        candidate('off', { status: 'inactive' }),
        candidate('other', { event: 'meeting.booked' }),
        candidate('picky', { target }),
      ],
      'attendee.created',
      envelope,
    )
    expect(
      rows.map(({ webhookId, receives, reasons }) => [webhookId, receives, ...reasons]),
    ).toEqual([
      ['yes', true],
      ['off', false, 'inactive'],
      ['other', false, 'listens to Meeting · Book'],
      ['picky', false, 'ticket type is “VIP”, wants “Sponsor”'],
    ])
  })

  it('heeds target attendees for attendee events only', () => {
    const meeting = candidate('meeting', { event: 'meeting.booked', target })
    expect(audienceOf([meeting], 'meeting.booked', envelope)[0]?.receives).toBe(true)
  })
})
