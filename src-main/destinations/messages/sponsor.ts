/** Messages of the sponsor events. */
import { type DeclaredMessage, optional, value } from './declared.ts'

const sponsor = value('sponsor', 'data.sponsor')
const name = value('line', 'data.sponsor.name')
const who = value('person', 'data.attendee')
const role = value('line', 'data.attendee.jobTitle')
const product = value('line', 'data.product.name')
const category = value('line', 'data.product.category')
const price = optional(value('money', 'data.product.price'))
const page = value('link', 'data.product.url')

const PRODUCT_FACTS = [
  ['Sponsor', '{sponsor}'],
  ['Category', '{category}'],
  ['Price', '{price}'],
] as const

export const SPONSOR_MESSAGES = {
  'sponsor.product_created': {
    title: 'New product',
    values: { name, product, sponsor, category, price, page },
    lead: ['{name} now shows “{product}”.'],
    facts: PRODUCT_FACTS,
    link: ['See the product', 'page'],
  },
  'sponsor.product_deleted': {
    title: 'Product deleted',
    values: { name, product, sponsor, category, price },
    lead: ['{name} no longer shows “{product}”.'],
    facts: PRODUCT_FACTS,
  },
  'sponsor.product_updated': {
    title: 'Product updated',
    values: { name, product, sponsor, page },
    lead: ['{name} changed “{product}”.'],
    facts: [['Sponsor', '{sponsor}']],
    changes: 'data.changes',
    link: ['See the product', 'page'],
  },
  'sponsor.product_viewed': {
    title: 'Product viewed',
    values: { who, product, role, sponsor, category, price, page },
    lead: ['{who} looked at “{product}”.'],
    facts: [['Role', '{role}'], ...PRODUCT_FACTS],
    link: ['See the product', 'page'],
  },
  'sponsor.link_clicked': {
    title: 'Link clicked',
    values: {
      who,
      name,
      label: value('line', 'data.link.label'),
      role,
      sponsor,
      target: value('link', 'data.link.url'),
    },
    lead: ['{who} clicked a link of {name}.'],
    facts: [
      ['Link', '{label}'],
      ['Role', '{role}'],
      ['Sponsor', '{sponsor}'],
    ],
    link: ['Open the link', 'target'],
  },
  'sponsor.asset_downloaded': {
    title: 'Asset downloaded',
    values: {
      who,
      name,
      file: value('line', 'data.asset.name'),
      size: value('filesize', 'data.asset.bytes'),
      role,
      sponsor,
      source: value('link', 'data.asset.url'),
    },
    lead: ['{who} downloaded a file of {name}.'],
    facts: [
      ['File', '{file}'],
      ['Size', '{size}'],
      ['Role', '{role}'],
      ['Sponsor', '{sponsor}'],
    ],
    link: ['Open the file', 'source'],
  },
  'sponsor.chat': {
    title: 'Chat message',
    values: {
      who,
      name,
      text: value('block', 'data.message.text'),
      sent: value('time', 'data.message.sentAt', 'conference.timezone'),
      role,
      sponsor,
    },
    lead: ['{who} wrote to {name}.'],
    facts: [
      ['Sent', '{sent}'],
      ['Role', '{role}'],
      ['Sponsor', '{sponsor}'],
    ],
    quote: 'text',
  },
  'sponsor.interested': {
    title: 'New lead',
    values: {
      who,
      name,
      role,
      ticket: value('line', 'data.attendee.ticketType'),
      rating: optional(value('rating', 'data.rating')),
      sponsor,
      note: optional(value('block', 'data.note')),
    },
    lead: ['{who} is interested in {name}.'],
    facts: [
      ['Role', '{role}'],
      ['Ticket', '{ticket}'],
      ['Rating', '{rating}'],
      ['Sponsor', '{sponsor}'],
    ],
    quote: 'note',
  },
} as const satisfies Record<string, DeclaredMessage>
