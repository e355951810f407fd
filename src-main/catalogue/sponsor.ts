/** What happens to the products of sponsors, and what attendees do with sponsors. */
import type { Change, EventData, EventName, Product } from '#contract'
import { attendee } from './attendee.ts'
import { beforeOpening, minutesAfter, slot, timeAt } from './conference.ts'
import { exhibit } from './exhibition.ts'
import { idFor, type Seeded } from './seeded.ts'
import { CHAT, textIn } from './texts.ts'

type Name = Extract<EventName, `sponsor.${string}`>

const NOTES = [
  'Wants a call next week; budget approved.',
  'Asked for "enterprise" pricing + SSO.',
  "Met at booth, colleague of O'Neill",
] as const
const ASSETS = [
  ['Price list 2027.pdf', 'application/pdf', 184_320],
  ['Case study – Fjord & Field.pdf', 'application/pdf', 2_410_772],
  ['Broschüre (deutsch).pdf', 'application/pdf', 5_083_914],
  ['product-photos.zip', 'application/zip', 48_230_011],
] as const

export function sponsorData(seeded: Seeded, event: Name): { atMs: number; data: EventData<Name> } {
  const { sponsor, domain, product } = exhibit(seeded)
  const who = { sponsor, attendee: attendee(seeded, sponsor.name) }
  const atMs = minutesAfter(seeded, slot(seeded, 15).startsAtMs, 0, 14)
  switch (event) {
    case 'sponsor.product_created':
    case 'sponsor.product_deleted':
      return { atMs: beforeOpening(seeded, { from: 30, to: 60 }), data: { sponsor, product } }
    case 'sponsor.product_updated': {
      const changes = productChanges(seeded, product)
      return {
        atMs: beforeOpening(seeded, { from: 0, to: 30 }),
        data: { sponsor, product, changes },
      }
    }
    case 'sponsor.product_viewed':
      return { atMs, data: { ...who, product } }
    case 'sponsor.link_clicked': {
      const label = seeded.pick([
        'Book a demo',
        'Careers @ our booth',
        'Prices & plans',
        'Mehr erfahren',
      ])
      const url = `https://www.${domain}/go?utm_source=summit&utm_medium=booth&q=a+b%20c`
      return { atMs, data: { ...who, link: { label, url } } }
    }
    case 'sponsor.asset_downloaded': {
      const [file, mediaType, bytes] = seeded.pick(ASSETS)
      const url = `https://assets.${domain}/${encodeURIComponent(file)}`
      const asset = { id: idFor('ast', domain + file), name: file, mediaType, bytes, url }
      return { atMs, data: { ...who, asset } }
    }
    case 'sponsor.chat': {
      const message = {
        id: seeded.id('msg'),
        text: textIn(seeded, CHAT, who.attendee.language),
        sentAt: timeAt(atMs),
      }
      return { atMs, data: { ...who, message } }
    }
    case 'sponsor.interested': {
      const note = seeded.oneIn(2) ? { note: seeded.pick(NOTES) } : {}
      const rating = seeded.oneIn(3) ? {} : { rating: seeded.int(1, 5) }
      return { atMs, data: { ...who, ...note, ...rating } }
    }
  }
}

/** One to three fields whose `to` is the product's present value. */
function productChanges(seeded: Seeded, { name, category, price }: Product): Change[] {
  const candidates: Change[] = [
    { field: 'name', from: `${name} (beta)`, to: name },
    { field: 'category', from: 'Uncategorised', to: category },
  ]
  if (price) {
    const dearer = { ...price, amount: Math.ceil(price.amount * 1.2) }
    candidates.push({ field: 'price', from: dearer, to: { ...price } })
  }
  return seeded.some(candidates, seeded.int(1, candidates.length))
}
