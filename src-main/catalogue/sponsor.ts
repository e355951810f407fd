/** Sponsors, their products, and what attendees do with them. */
import type { Change, EventData, EventName, Product, Sponsor } from '#contract'
import { attendee } from './attendee.ts'
import { beforeOpening, minutesAfter, slot, timeAt } from './conference.ts'
import type { Seeded } from './seeded.ts'

type Name = Extract<EventName, `sponsor.${string}`>

const SPONSORS = [
  ['Lumen & Sons', 'lumen-sons.example'],
  ['Café Dátil', 'cafe-datil.example'],
  ['Orbit+', 'orbitplus.example'],
  ['Grün & Gut', 'gruenundgut.example'],
  ['Pixel "Perfect" Studio', 'pixelperfect.example'],
] as const
const PRODUCTS = [
  ['Badge printer 3000', 'Hardware'],
  ['LeadScan+', 'Software'],
  ['Coffee-as-a-Service', 'Catering & hospitality'],
  ['Stage light “Aurora”', 'Hardware'],
  ['Übersetzer Live', 'Software'],
] as const
const CHAT = [
  'Hi! Is the demo at 3pm still on?',
  'Does LeadScan+ export to CSV & Excel?',
  'Wir hätten gern ein Angebot über 25 Stück 🙂',
  'Is <b>bulk pricing</b> available for > 100 badges?',
  'ご質問があります。後でブースに伺います。',
  "It's 100% what we need \\o/ – let's talk",
  'هل يمكننا تحديد موعد غدًا؟',
] as const
const NOTES = [
  'Wants a call next week; budget approved.',
  'Asked for "enterprise" pricing + SSO.',
  "Met at booth, colleague of O'Neill",
] as const
const ASSETS = [
  ['Price list 2027.pdf', 'application/pdf'],
  ['Case study – Fjord & Field.pdf', 'application/pdf'],
  ['Broschüre (deutsch).pdf', 'application/pdf'],
  ['product-photos.zip', 'application/zip'],
] as const

export function sponsorData(seeded: Seeded, event: Name): { atMs: number; data: EventData<Name> } {
  const [name, domain] = seeded.pick(SPONSORS)
  const sponsor: Sponsor = {
    id: seeded.id('spo'),
    name,
    tier: seeded.pick(['Platinum', 'Gold', 'Silver', 'Bronze']),
    booth: `${seeded.pick(['A', 'B', 'C'])}${seeded.int(1, 40)}`,
  }
  const product = productOf(seeded, domain)
  const who = { sponsor, attendee: attendee(seeded) }
  const atMs = minutesAfter(seeded, slot(seeded, 15).startsAtMs, 0, 14)
  switch (event) {
    case 'sponsor.product_created':
    case 'sponsor.product_deleted':
      return { atMs: beforeOpening(seeded, 45), data: { sponsor, product } }
    case 'sponsor.product_updated': {
      const changes = productChanges(seeded, product)
      return { atMs: beforeOpening(seeded, 20), data: { sponsor, product, changes } }
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
      const [file, mediaType] = seeded.pick(ASSETS)
      const url = `https://assets.${domain}/${encodeURIComponent(file)}`
      const asset = {
        id: seeded.id('ast'),
        name: file,
        mediaType,
        bytes: seeded.int(40_000, 9_000_000),
        url,
      }
      return { atMs, data: { ...who, asset } }
    }
    case 'sponsor.chat': {
      const message = { id: seeded.id('msg'), text: seeded.pick(CHAT), sentAt: timeAt(atMs) }
      return { atMs, data: { ...who, message } }
    }
    case 'sponsor.interested': {
      const note = seeded.oneIn(2) ? { note: seeded.pick(NOTES) } : {}
      const rating = seeded.oneIn(3) ? {} : { rating: seeded.int(1, 5) }
      return { atMs, data: { ...who, ...note, ...rating } }
    }
  }
}

function productOf(seeded: Seeded, domain: string): Product {
  const [name, category] = seeded.pick(PRODUCTS)
  const price = {
    amount: seeded.int(1, 400) * 10 - 0.5,
    currency: seeded.pick(['EUR', 'USD', 'GBP']),
  }
  return {
    id: seeded.id('prd'),
    name,
    category,
    url: `https://www.${domain}/products/${seeded.int(100, 999)}`,
    ...(seeded.oneIn(4) ? {} : { price }),
  }
}

/** One or two fields whose `to` is the product's present value. */
function productChanges(seeded: Seeded, now: Product): Change[] {
  const candidates: Change[] = [
    { field: 'name', from: `${now.name} (beta)`, to: now.name },
    ...(now.price
      ? [{ field: 'price', from: { ...now.price, amount: now.price.amount + 50 }, to: now.price }]
      : []),
  ]
  return seeded.some(candidates, seeded.int(1, 2))
}
