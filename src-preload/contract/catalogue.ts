/**
 * The 22 events of the platform: five types, each with its actions. A webhook listens to exactly
 * one type and one action; an event's name is `type.action` and is what its payload's `type` says.
 */
import { z } from 'zod'

export const EVENT_TYPES = ['attendee', 'meeting', 'session', 'sponsor', 'poll'] as const
export type EventType = (typeof EVENT_TYPES)[number]

export const EVENT_TYPE_LABELS: Readonly<Record<EventType, string>> = {
  attendee: 'Attendee',
  meeting: 'Meeting',
  session: 'Session',
  sponsor: 'Sponsor',
  poll: 'Poll',
}

/** Event names in the order in which the board shows them. */
export const EVENT_NAMES = [
  'attendee.created',
  'attendee.updated',
  'attendee.deleted',
  'meeting.booked',
  'meeting.rescheduled',
  'meeting.cancelled',
  'meeting.attendee_status_updated',
  'session.created',
  'session.booked',
  'session.unbooked',
  'session.joined',
  'session.watched',
  'sponsor.product_created',
  'sponsor.product_deleted',
  'sponsor.product_updated',
  'sponsor.product_viewed',
  'sponsor.link_clicked',
  'sponsor.asset_downloaded',
  'sponsor.chat',
  'sponsor.interested',
  'poll.created',
  'poll.answered',
] as const
export type EventName = (typeof EVENT_NAMES)[number]

export const eventTypeSchema = z.enum(EVENT_TYPES)
export const eventNameSchema = z.enum(EVENT_NAMES)

export interface CatalogueEntry {
  readonly name: EventName
  readonly type: EventType
  /** The part after the dot, as stored. */
  readonly action: string
  /** The action as the form shows it. */
  readonly label: string
  /** When it fires, as a full sentence. */
  readonly description: string
}

const WORDS: Readonly<Record<EventName, readonly [label: string, description: string]>> = {
  'attendee.created': ['Create', 'An attendee is created.'],
  'attendee.updated': ['Update', 'An attendee is updated.'],
  'attendee.deleted': ['Delete', 'An attendee is deleted.'],
  'meeting.booked': ['Book', 'A meeting is booked.'],
  'meeting.rescheduled': ['Reschedule', 'A meeting is rescheduled.'],
  'meeting.cancelled': ['Cancel', 'A meeting is cancelled.'],
  'meeting.attendee_status_updated': [
    'Attendee status update',
    'The status of a participant in a meeting changes.',
  ],
  'session.created': ['Create', 'A session is created.'],
  'session.booked': ['Book', 'An attendee books a session.'],
  'session.unbooked': ['Unbook', 'An attendee gives a session booking up.'],
  'session.joined': ['Join', 'An attendee joins a session live.'],
  'session.watched': ['Watch', 'An attendee watches a session.'],
  'sponsor.product_created': ['Product create', 'A product of a sponsor is created.'],
  'sponsor.product_deleted': ['Product delete', 'A product of a sponsor is deleted.'],
  'sponsor.product_updated': ['Product update', 'A product of a sponsor is updated.'],
  'sponsor.product_viewed': ['Product view', 'An attendee views a product of a sponsor.'],
  'sponsor.link_clicked': ['Link click', 'An attendee clicks a link of a sponsor.'],
  'sponsor.asset_downloaded': ['Asset download', 'An attendee downloads an asset of a sponsor.'],
  'sponsor.chat': ['Chat', 'An attendee writes in the chat of a sponsor.'],
  'sponsor.interested': ['Interested', 'An attendee is marked as interested in a sponsor.'],
  'poll.created': ['Create', 'A poll is created.'],
  'poll.answered': ['Answer', 'An attendee answers a poll.'],
}

function toEntry(name: EventName): CatalogueEntry {
  const dot = name.indexOf('.')
  const [label, description] = WORDS[name]
  return {
    name,
    type: eventTypeSchema.parse(name.slice(0, dot)),
    action: name.slice(dot + 1),
    label,
    description,
  }
}

export const CATALOGUE: readonly CatalogueEntry[] = EVENT_NAMES.map(toEntry)

const byName = new Map(CATALOGUE.map((entry) => [entry.name, entry]))

/** The catalogue's entry of an event; the name is closed, so there always is one. */
export function catalogueEntry(name: EventName): CatalogueEntry {
  const entry = byName.get(name)
  if (!entry) throw new Error(`no catalogue entry for ${name}`)
  return entry
}

/** The events of one type, in the board's order. */
export function eventsOfType(type: EventType): readonly CatalogueEntry[] {
  return CATALOGUE.filter((entry) => entry.type === type)
}

/** What a delivery carried: an event, or a capture's request that names none. */
export function carriedLabel(name: EventName | null): string {
  return name === null ? 'Captured request' : eventLabel(name)
}

/** `Meeting · Book` */
export function eventLabel(name: EventName): string {
  const entry = catalogueEntry(name)
  return `${EVENT_TYPE_LABELS[entry.type]} · ${entry.label}`
}
