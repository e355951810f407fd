/** Sponsors, their products, and the data of the sponsor events. */
import { z } from 'zod'
import { attendeeSchema, changeSchema, time } from './attendee.ts'

const sponsorSchema = z
  .strictObject({
    id: z.string().describe('Identifies the sponsor.'),
    name: z.string().describe('The sponsor’s name.'),
    tier: z.enum(['Platinum', 'Gold', 'Silver', 'Bronze']).describe('How much of a sponsor.'),
    booth: z.string().describe('Where its booth is.'),
  })
  .describe('A sponsor.')
export type Sponsor = z.infer<typeof sponsorSchema>

const productSchema = z
  .strictObject({
    id: z.string().describe('Identifies the product.'),
    name: z.string().describe('The product’s name.'),
    category: z.string().describe('What kind of product it is.'),
    url: z.url().describe('Where to read about it.'),
    price: z
      .strictObject({
        amount: z.number().min(0).describe('In units of the currency.'),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/)
          .describe('ISO 4217.'),
      })
      .optional()
      .describe('What it costs, if the sponsor says so.'),
  })
  .describe('A product of the sponsor.')
export type Product = z.infer<typeof productSchema>

const sponsor = sponsorSchema
const attendee = attendeeSchema
const product = productSchema

export const sponsorData = {
  'sponsor.product_created': z.strictObject({ sponsor, product }).describe('The new product.'),
  'sponsor.product_deleted': z
    .strictObject({ sponsor, product })
    .describe('The product as it was.'),
  'sponsor.product_updated': z
    .strictObject({
      sponsor,
      product,
      changes: z.array(changeSchema).min(1).max(4).describe('What changed.'),
    })
    .describe('The product as it is now, and what changed.'),
  'sponsor.product_viewed': z
    .strictObject({ sponsor, product, attendee })
    .describe('Who viewed which product.'),
  'sponsor.link_clicked': z
    .strictObject({
      sponsor,
      attendee,
      link: z
        .strictObject({
          label: z.string().describe('What the link says.'),
          url: z.url().describe('Where it leads.'),
        })
        .describe('The link that was clicked.'),
    })
    .describe('Who clicked which link.'),
  'sponsor.asset_downloaded': z
    .strictObject({
      sponsor,
      attendee,
      asset: z
        .strictObject({
          id: z.string().describe('Identifies the asset.'),
          name: z.string().describe('Its file name.'),
          mediaType: z.string().describe('Its media type.'),
          bytes: z.int().min(0).describe('Its size in bytes.'),
          url: z.url().describe('Where it is.'),
        })
        .describe('The asset that was downloaded.'),
    })
    .describe('Who downloaded which asset.'),
  'sponsor.chat': z
    .strictObject({
      sponsor,
      attendee,
      message: z
        .strictObject({
          id: z.string().describe('Identifies the message.'),
          text: z.string().describe('What was written.'),
          sentAt: time('When it was sent.'),
        })
        .describe('The message.'),
    })
    .describe('Who wrote what in the sponsor’s chat.'),
  'sponsor.interested': z
    .strictObject({
      sponsor,
      attendee,
      note: z.string().optional().describe('What was noted of the conversation.'),
      rating: z.int().min(1).max(5).optional().describe('How promising, from 1 to 5.'),
    })
    .describe('Who is interested in the sponsor.'),
}
