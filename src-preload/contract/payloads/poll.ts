/** Polls and the data of their events. */
import { z } from 'zod'
import { attendeeSchema, time } from './attendee.ts'

const pollSchema = z
  .strictObject({
    id: z.string().describe('Identifies the poll.'),
    question: z.string().describe('What is asked.'),
    kind: z.enum(['single', 'multiple', 'open', 'rating']).describe('How it is answered.'),
    options: z
      .array(
        z
          .strictObject({
            id: z.string().describe('Identifies the option.'),
            label: z.string().describe('What the option says.'),
          })
          .describe('An option.'),
      )
      .describe('What can be chosen; empty for open questions and ratings.'),
    session: z
      .strictObject({
        id: z.string().describe('Identifies the session.'),
        title: z.string().describe('The session’s title.'),
      })
      .optional()
      .describe('The session that the poll belongs to.'),
  })
  .describe('A poll.')
export type Poll = z.infer<typeof pollSchema>

export const pollData = {
  'poll.created': z.strictObject({ poll: pollSchema }).describe('The new poll.'),
  'poll.answered': z
    .strictObject({
      poll: pollSchema,
      attendee: attendeeSchema.optional().describe('Who answered; absent when anonymous.'),
      answer: z
        .strictObject({
          optionIds: z
            .array(z.string().describe('The id of an option.'))
            .optional()
            .describe('The chosen options.'),
          text: z.string().optional().describe('The answer to an open question.'),
          rating: z.int().min(1).max(5).optional().describe('The rating, from 1 to 5.'),
        })
        .describe('The answer, in the part that fits the poll’s kind.'),
      answeredAt: time('When it was answered.'),
    })
    .describe('Which answer was given to which poll.'),
}
