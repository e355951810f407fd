/**
 * What the events carry: a zod schema per event, described field by field. The descriptions feed the
 * form, the completion and the JSON Schema. The envelope follows the payload advice of the Standard
 * Webhooks specification.
 */
import { z } from 'zod'
import type { EventName } from './catalogue.ts'
import { attendeeData, time } from './payloads/attendee.ts'
import { meetingData } from './payloads/meeting.ts'
import { pollData } from './payloads/poll.ts'
import { sessionData } from './payloads/session.ts'
import { sponsorData } from './payloads/sponsor.ts'

export {
  ATTENDEE_TYPES,
  type Attendee,
  attendeeSchema,
  type Change,
  LANGUAGES,
  TICKET_TYPES,
} from './payloads/attendee.ts'
export { type Location, MEETING_STATUSES, type Meeting } from './payloads/meeting.ts'
export type { Poll } from './payloads/poll.ts'
export type { Session } from './payloads/session.ts'
export type { Product, Sponsor } from './payloads/sponsor.ts'

const DATA = {
  ...attendeeData,
  ...meetingData,
  ...sessionData,
  ...sponsorData,
  ...pollData,
} satisfies Record<EventName, z.ZodType>

/** The `data` of an event. */
export type EventData<Name extends EventName> = z.infer<(typeof DATA)[Name]>

const conferenceSchema = z
  .strictObject({
    id: z.string().describe('Identifies the conference.'),
    name: z.string().describe('What it is called.'),
    timezone: z.string().describe('Its time zone, an IANA name.'),
  })
  .describe('The conference at which it happened.')

export interface Envelope<Name extends EventName = EventName> {
  id: string
  type: Name
  timestamp: string
  conference: z.infer<typeof conferenceSchema>
  data: EventData<Name>
}

/** The whole payload of an event; its `type` is that event. */
export function envelopeSchema(event: EventName): z.ZodType {
  return z
    .strictObject({
      id: z
        .string()
        .min(1)
        .describe('Identifies the event: the same for every webhook and every attempt.'),
      type: z.literal(event).describe('What happened.'),
      timestamp: time('When it happened.'),
      conference: conferenceSchema,
      data: DATA[event],
    })
    .describe(`The payload of ${event}.`)
}

/** JSON Schema, draft 2020-12, of an event's payload. */
export function payloadJsonSchema(event: EventName): Record<string, unknown> {
  return z.toJSONSchema(envelopeSchema(event), { target: 'draft-2020-12' })
}
