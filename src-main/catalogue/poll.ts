/** Polls; an answer is of its poll's kind and among its options. */
import type { Attendee, EventData, Poll } from '#contract'
import { attendee } from './attendee.ts'
import { beforeOpening, minutesAfter, timeAt } from './conference.ts'
import { programmeItem } from './programme.ts'
import { idFor, type Seeded } from './seeded.ts'
import { FEEDBACK, textIn } from './texts.ts'

type Name = 'poll.created' | 'poll.answered'
type Answer = EventData<'poll.answered'>['answer']

type Question = readonly [text: string, labels: readonly string[], of: 'session' | 'conference']

const STACKS = ['TypeScript', 'C# / .NET', 'C++', 'Java & Kotlin', 'Other']
const SOURCES = ['A colleague', 'Social media', '"Word of mouth"', 'Press']
const INTEGRATIONS = ['Slack', 'Microsoft Teams', 'Webex', 'Our own server']
const PLEASURES = ['Vorträge', 'Workshops', 'Networking & Pausen', 'Café ☕']

const QUESTIONS: Record<Poll['kind'], readonly [Question, ...Question[]]> = {
  single: [
    ['Which stack do you use most?', STACKS, 'session'],
    ['How did you hear about us?', SOURCES, 'conference'],
  ],
  multiple: [
    ['Which integrations do you want next?', INTEGRATIONS, 'session'],
    ['Was hat Ihnen gefallen?', PLEASURES, 'conference'],
  ],
  open: [
    ['What should we improve?', [], 'conference'],
    ['What was missing from this session?', [], 'session'],
  ],
  rating: [
    ['How was this session?', [], 'session'],
    ['Would you recommend the summit?', [], 'conference'],
  ],
}
export function pollData(seeded: Seeded, event: Name): { atMs: number; data: EventData<Name> } {
  const { announced, startsAtMs } = programmeItem(seeded)
  const kind = seeded.pick(['single', 'multiple', 'open', 'rating'])
  const [question, labels, of] = seeded.pick(QUESTIONS[kind])
  const session = of === 'session' ? { id: announced.id, title: announced.title } : undefined
  const poll: Poll = {
    id: idFor('pol', `${question} ${session?.id}`),
    question,
    kind,
    options: labels.map((label, index) => ({ id: `opt_${index + 1}`, label })),
    ...(session ? { session } : {}),
  }
  if (event === 'poll.created') {
    return { atMs: beforeOpening(seeded, { from: 0, to: 7 }), data: { poll } }
  }
  const atMs = minutesAfter(seeded, startsAtMs, 5, 25)
  const who: { attendee?: Attendee } = seeded.oneIn(3) ? {} : { attendee: attendee(seeded) }
  const answer = answerTo(seeded, poll, who.attendee?.language)
  return { atMs, data: { poll, ...who, answer, answeredAt: timeAt(atMs) } }
}

function answerTo(
  seeded: Seeded,
  { kind, options }: Poll,
  language: Attendee['language'] | undefined,
): Answer {
  if (kind === 'open') return { text: textIn(seeded, FEEDBACK, language) }
  if (kind === 'rating') return { rating: seeded.int(1, 5) }
  const count = kind === 'single' ? 1 : seeded.int(1, options.length)
  const chosen = new Set(seeded.some(options, count).map(({ id }) => id))
  return { optionIds: options.flatMap(({ id }) => (chosen.has(id) ? [id] : [])) }
}
