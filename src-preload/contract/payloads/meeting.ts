/** Meetings and the data of their events. */
import { z } from 'zod'
import { attendeeSchema, time } from './attendee.ts'

export const MEETING_STATUSES = [
  'invited',
  'accepted',
  'tentative',
  'declined',
  'attended',
  'no_show',
] as const
const statusSchema = z.enum(MEETING_STATUSES)

export const locationSchema = z
  .strictObject({
    kind: z.enum(['table', 'room', 'virtual']).describe('What kind of place.'),
    name: z.string().describe('What the place is called.'),
    url: z.url().optional().describe('Where to join, for virtual places.'),
  })
  .describe('Where it takes place.')
export type Location = z.infer<typeof locationSchema>

const meetingSchema = z
  .strictObject({
    id: z.string().describe('Identifies the meeting.'),
    title: z.string().describe('What it is about.'),
    startsAt: time('When it starts.'),
    endsAt: time('When it ends.'),
    location: locationSchema,
    organizer: attendeeSchema.describe('Who called the meeting.'),
    participants: z
      .array(
        z
          .strictObject({
            attendee: attendeeSchema.describe('The participant.'),
            status: statusSchema.describe('Whether the participant takes part.'),
          })
          .describe('A participant and whether they take part.'),
      )
      .describe('Who is asked to take part.'),
    notes: z.string().optional().describe('What the organizer added.'),
  })
  .describe('A meeting.')
export type Meeting = z.infer<typeof meetingSchema>

const meeting = meetingSchema

export const meetingData = {
  'meeting.booked': z.strictObject({ meeting }).describe('The meeting that was booked.'),
  'meeting.rescheduled': z
    .strictObject({
      meeting,
      previous: z
        .strictObject({
          startsAt: time('When it would have started.'),
          endsAt: time('When it would have ended.'),
          location: locationSchema.describe('Where it would have taken place.'),
        })
        .describe('When and where it was before.'),
    })
    .describe('The meeting as it is now, and when and where it was before.'),
  'meeting.cancelled': z
    .strictObject({
      meeting,
      cancelledBy: attendeeSchema.describe('Who cancelled it.'),
      reason: z.string().optional().describe('Why, if they said so.'),
      cancelledAt: time('When it was cancelled.'),
    })
    .describe('The meeting that was cancelled.'),
  'meeting.attendee_status_updated': z
    .strictObject({
      meeting,
      participant: attendeeSchema.describe('Whose status changed.'),
      from: statusSchema.describe('The status before.'),
      to: statusSchema.describe('The status now.'),
    })
    .describe('Whose status in which meeting changed, and how.'),
}
