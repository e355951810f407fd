/** Sessions of the programme and the data of their events. */
import { z } from 'zod'
import { attendeeSchema, time } from './attendee.ts'
import { locationSchema } from './meeting.ts'

const sessionSchema = z
  .strictObject({
    id: z.string().describe('Identifies the session.'),
    title: z.string().describe('Its title in the programme.'),
    track: z.string().describe('The track it belongs to.'),
    format: z.string().describe('Keynote, talk, workshop and so on.'),
    startsAt: time('When it starts.'),
    endsAt: time('When it ends.'),
    location: locationSchema,
    speakers: z
      .array(
        z
          .strictObject({
            name: z.string().describe('Who speaks.'),
            company: z.string().describe('Where the speaker works.'),
          })
          .describe('A speaker.'),
      )
      .describe('Who speaks.'),
    capacity: z.int().min(0).describe('How many can take part.'),
    booked: z.int().min(0).describe('How many have booked.'),
  })
  .describe('A session of the programme.')
export type Session = z.infer<typeof sessionSchema>

const base = { session: sessionSchema, attendee: attendeeSchema }

export const sessionData = {
  'session.created': z.strictObject({ session: sessionSchema }).describe('The new session.'),
  'session.booked': z.strictObject(base).describe('Who booked which session.'),
  'session.unbooked': z.strictObject(base).describe('Who gave the booking of which session up.'),
  'session.joined': z
    .strictObject({
      ...base,
      joinedAt: time('When the attendee joined.'),
      device: z.enum(['desktop', 'mobile', 'tablet', 'on site']).describe('What they joined with.'),
    })
    .describe('Who joined which session live.'),
  'session.watched': z
    .strictObject({
      ...base,
      watchedSeconds: z.int().min(0).describe('How long they watched, in seconds.'),
      durationSeconds: z.int().min(1).describe('How long the session is, in seconds.'),
      percent: z.int().min(0).max(100).describe('Watched part of the session, rounded.'),
      live: z.boolean().describe('Whether they watched live or the recording.'),
    })
    .describe('Who watched how much of which session.'),
}
