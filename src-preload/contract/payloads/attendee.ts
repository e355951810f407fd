/** An attendee, wherever one appears, and the data of the attendee events. */
import { z } from 'zod'

export const TICKET_TYPES = [
  'General Admission',
  'VIP',
  'Speaker',
  'Sponsor',
  'Exhibitor',
  'Press',
  'Staff',
] as const
export const ATTENDEE_TYPES = ['In person', 'Virtual', 'Hybrid'] as const
/** BCP 47 */
export const LANGUAGES = [
  'en',
  'fr',
  'de',
  'es',
  'pt-BR',
  'it',
  'nl',
  'ja',
  'ar',
  'zh-Hans',
] as const

/** ISO 8601, UTC, as events write times. */
export function time(description: string) {
  return z.iso.datetime().describe(`${description} ISO 8601, UTC.`)
}

export const attendeeSchema = z
  .strictObject({
    id: z.string().describe('Identifies the attendee.'),
    firstName: z.string().describe('Given name.'),
    lastName: z.string().describe('Family name.'),
    email: z.email().describe('E-mail address.'),
    company: z.string().describe('Where the attendee works.'),
    jobTitle: z.string().describe('What the attendee does there.'),
    ticketType: z.enum(TICKET_TYPES).describe('The kind of ticket.'),
    attendeeType: z.enum(ATTENDEE_TYPES).describe('How the attendee takes part.'),
    language: z.enum(LANGUAGES).describe('Preferred language, BCP 47.'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .describe('Country, ISO 3166-1 alpha-2.'),
    tags: z.array(z.string().describe('One tag.')).describe('Free labels.'),
    registeredAt: time('When the attendee registered.'),
  })
  .describe('An attendee.')
export type Attendee = z.infer<typeof attendeeSchema>

export const changeSchema = z
  .strictObject({
    field: z.string().describe('Which field changed.'),
    from: z.unknown().describe('Its value before.'),
    to: z.unknown().describe('Its value now.'),
  })
  .describe('A field that changed.')
export type Change = z.infer<typeof changeSchema>

const attendee = attendeeSchema

export const attendeeData = {
  'attendee.created': z.strictObject({ attendee }).describe('The new attendee.'),
  'attendee.updated': z
    .strictObject({
      attendee,
      changes: z.array(changeSchema).min(1).max(4).describe('What changed, one to four fields.'),
    })
    .describe('The attendee as it is now, and what changed.'),
  'attendee.deleted': z
    .strictObject({
      attendee,
      deletedAt: time('When it was deleted.'),
      reason: z.string().optional().describe('Why, if somebody said so.'),
    })
    .describe('The attendee as it was.'),
}
