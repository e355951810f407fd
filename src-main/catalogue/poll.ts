/** Polls; an answer is of its poll's kind and among its options. */
import type { EventData, Poll } from '#contract'
import { attendee } from './attendee.ts'
import { beforeOpening, minutesAfter, timeAt } from './conference.ts'
import type { Seeded } from './seeded.ts'
import { timedSession } from './session.ts'

type Name = 'poll.created' | 'poll.answered'
type Answer = EventData<'poll.answered'>['answer']

type Question = readonly [text: string, labels: readonly string[]]

const QUESTIONS = {
  single: [
    ['Which stack do you use most?', ['TypeScript', 'C# / .NET', 'C++', 'Java & Kotlin', 'Other']],
    ['How did you hear about us?', ['A colleague', 'Social media', '"Word of mouth"', 'Press']],
  ],
  multiple: [
    [
      'Which integrations do you want next?',
      ['Slack', 'Microsoft Teams', 'Webex', 'Our own server'],
    ],
    ['Was hat Ihnen gefallen?', ['Vorträge', 'Workshops', 'Networking & Pausen', 'Café ☕']],
  ],
  open: [
    ['What should we improve?', []],
    ['Your question for the speaker?', []],
  ],
  rating: [
    ['How was this session?', []],
    ['Would you recommend the summit?', []],
  ],
} as const
const TEXTS = [
  'More power outlets, please!',
  "Couldn't hear the Q&A at the back – louder mics?",
  '最高でした！ありがとう 🎉',
  '50% more breaks + better coffee',
  'المزيد من الجلسات العملية',
] as const

export function pollData(seeded: Seeded, event: Name): { atMs: number; data: EventData<Name> } {
  const { session, startsAtMs } = timedSession(seeded)
  const kind = seeded.pick(['single', 'multiple', 'open', 'rating'])
  const questions: readonly [Question, ...Question[]] = QUESTIONS[kind]
  const [question, labels] = seeded.pick(questions)
  const poll: Poll = {
    id: seeded.id('pol'),
    question,
    kind,
    options: labels.map((label, index) => ({ id: `opt_${index + 1}`, label })),
    ...(seeded.oneIn(3) ? {} : { session: { id: session.id, title: session.title } }),
  }
  if (event === 'poll.created') return { atMs: beforeOpening(seeded, 7), data: { poll } }
  const atMs = minutesAfter(seeded, startsAtMs, 5, 25)
  const who = seeded.oneIn(3) ? {} : { attendee: attendee(seeded) }
  const answer = answerTo(seeded, poll)
  return { atMs, data: { poll, ...who, answer, answeredAt: timeAt(atMs) } }
}

function answerTo(seeded: Seeded, { kind, options }: Poll): Answer {
  if (kind === 'open') return { text: seeded.pick(TEXTS) }
  if (kind === 'rating') return { rating: seeded.int(1, 5) }
  const count = kind === 'single' ? 1 : seeded.int(1, options.length)
  const chosen = new Set(seeded.some(options, count).map(({ id }) => id))
  return { optionIds: options.flatMap(({ id }) => (chosen.has(id) ? [id] : [])) }
}
