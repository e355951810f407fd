/**
 * Input that does not fit the contract, in words: it is too large, or it is from a page that another
 * version of Hookstage made. What a form holds is checked elsewhere, field by field.
 */
import { ORPCError } from '@orpc/server'
import { z } from 'zod'

const validationSchema = z.object({
  issues: z
    .array(z.object({ code: z.string(), origin: z.string().optional(), maximum: z.unknown() }))
    .min(1),
})

const UNITS: ReadonlyMap<string, string> = new Map([
  ['string', 'characters'],
  ['array', 'entries'],
])

/** The message for the user; null when the error is another one. */
export function refusalOf(error: unknown): string | null {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return null
  const validation = validationSchema.safeParse(error.data)
  const issue = validation.data?.issues.find(({ code }) => code === 'too_big')
  const unit = UNITS.get(issue?.origin ?? '')
  if (unit !== undefined && typeof issue?.maximum === 'number') {
    const most = `${issue.maximum.toLocaleString('en')} ${unit}`
    return `This is longer than ${most}, the most that Hookstage takes. Shorten it.`
  }
  return 'This does not fit. Correct it; where nothing looks wrong, load the page again.'
}
