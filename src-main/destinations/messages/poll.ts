/** Messages of the poll events. */
import { type DeclaredMessage, optional, value } from './declared.ts'

const question = value('line', 'data.poll.question')
const session = optional(value('line', 'data.poll.session.title'))

export const POLL_MESSAGES = {
  'poll.created': {
    title: 'New poll',
    values: {
      question,
      kind: value('poll_kind', 'data.poll.kind'),
      options: optional(value('options', 'data.poll.options')),
      session,
    },
    lead: ['A new poll asks: “{question}”'],
    facts: [
      ['Kind', '{kind}'],
      ['Options', '{options}'],
      ['Session', '{session}'],
    ],
  },
  'poll.answered': {
    title: 'Poll answered',
    values: {
      who: { ...optional(value('person', 'data.attendee')), otherwise: 'Somebody' },
      question,
      chosen: optional(value('chosen', 'data.answer.optionIds', 'data.poll.options')),
      rating: optional(value('rating', 'data.answer.rating')),
      text: optional(value('block', 'data.answer.text')),
      answered: value('time', 'data.answeredAt', 'conference.timezone'),
      session,
    },
    lead: ['{who} answered “{question}”'],
    facts: [
      ['Answered', '{answered}'],
      ['Answer', '{chosen}'],
      ['Rating', '{rating}'],
      ['Session', '{session}'],
    ],
    quote: 'text',
  },
} as const satisfies Record<string, DeclaredMessage>
