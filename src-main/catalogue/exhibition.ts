/** The sponsors of the conference and their products: the same in every sample. */
import type { Product, Sponsor } from '#contract'
import { COMPANIES, type Company } from './people.ts'
import { idFor, type Seeded } from './seeded.ts'

type ProductRow = readonly [
  name: string,
  category: string,
  path: string,
  price?: NonNullable<Product['price']>,
]
type Row = readonly [
  company: Company,
  tier: Sponsor['tier'],
  booth: string,
  products: readonly [ProductRow, ...ProductRow[]],
]

const ROWS: readonly [Row, ...Row[]] = [
  [
    'lumen',
    'Platinum',
    'A1',
    [
      ['Stage light “Aurora”', 'Lighting', 'aurora', { amount: 1499.5, currency: 'EUR' }],
      ['Follow spot 3000', 'Lighting', 'follow-spot-3000', { amount: 890, currency: 'GBP' }],
    ],
  ],
  [
    'orbit',
    'Gold',
    'A12',
    [
      ['LeadScan+', 'Software', 'leadscan', { amount: 249, currency: 'USD' }],
      ['Übersetzer Live', 'Software', 'uebersetzer?lang=de&plan=team'],
    ],
  ],
  [
    'datil',
    'Silver',
    'B7',
    [
      ['Coffee-as-a-Service', 'Catering & hospitality', 'caas', { amount: 3.8, currency: 'EUR' }],
      ['Crème brûlée bar', 'Catering & hospitality', 'creme-brulee'],
    ],
  ],
  [
    'gruen',
    'Silver',
    'B21',
    [
      ['Badges from 100% seed paper', 'Badges', 'badges', { amount: 0.95, currency: 'EUR' }],
      ['Re-use & return cups 🌱', 'Hospitality', 'cups'],
    ],
  ],
  [
    'pixel',
    'Bronze',
    'C33',
    [
      ['Booth design, 6\u00a0m²', 'Design', 'booth-design', { amount: 12_400, currency: 'EUR' }],
      ['看板 & banner kit', 'Design', 'banner-kit', { amount: 480, currency: 'USD' }],
    ],
  ],
]

export interface Exhibit {
  readonly sponsor: Sponsor
  readonly domain: string
  readonly product: Product
}

/** A sponsor and one of its products. */
export function exhibit(seeded: Seeded): Exhibit {
  const [company, tier, booth, products] = seeded.pick(ROWS)
  const [sponsorName, domain] = COMPANIES[company]
  const [name, category, path, price] = seeded.pick(products)
  return {
    sponsor: { id: idFor('spo', company), name: sponsorName, tier, booth },
    domain,
    product: {
      id: idFor('prd', path),
      name,
      category,
      url: `https://www.${domain}/products/${path}`,
      ...(price ? { price: { ...price } } : {}),
    },
  }
}
