/**
 * Reads a legacy MessageCard. Its buttons are not drawn by workflows, so that they are named only.
 * Source: OfficeDev/outlook-dev-docs, message-card-reference.
 */
import {
  asList,
  asObjects,
  asShownText,
  asText,
  type JsonObject,
  type Ledger,
} from './json-reading.ts'
import { MESSAGE_CARD, parseMarkdown } from './markdown.ts'
import type { Block } from './marked-text.ts'
import { pictureUrl } from './picture-url.ts'

const MOST_SECTIONS = 30
const MOST_FACTS = 100
const MOST_IMAGES = 20

interface CardPicture {
  readonly url: string
  readonly alt: string
}

export interface MessageCardSection {
  readonly hasLine: boolean
  readonly title: readonly Block[]
  readonly activity: {
    readonly image: CardPicture | null
    readonly title: readonly Block[]
    readonly subtitle: readonly Block[]
    readonly text: readonly Block[]
  } | null
  readonly text: readonly Block[]
  readonly facts: readonly { readonly name: string; readonly value: readonly Block[] }[]
  readonly images: readonly CardPicture[]
}

export interface TeamsMessageCard {
  readonly colour: string | null
  readonly title: string | null
  readonly text: readonly Block[]
  readonly sections: readonly MessageCardSection[]
}

export function readMessageCard(card: JsonObject, ledger: Ledger): TeamsMessageCard {
  const buttons = [card, ...asObjects(card.sections)]
    .flatMap(({ potentialAction }) => asObjects(potentialAction))
    .map(({ name }) => asText(name) ?? 'without a name')
  if (buttons.length > 0) {
    const names = buttons.slice(0, 8).map((name) => `“${name.slice(0, 60)}”`)
    ledger.say(`Workflows do not show the buttons of a MessageCard: ${names.join(', ')}.`)
  }
  const title = asShownText(card.title)
  const text = marked(card.text, ledger)
  return {
    colour: /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(asText(card.themeColor) ?? '')?.[1] ?? null,
    title: title ? ledger.clip(title) : null,
    // Without a text of its own a card shows nothing of its summary but in the notification.
    text,
    sections: ledger
      .take(asObjects(card.sections), MOST_SECTIONS)
      .map((section) => readSection(section, ledger)),
  }
}

function readSection(section: JsonObject, ledger: Ledger): MessageCardSection {
  const activity = {
    image: picture(section.activityImage, ''),
    title: marked(section.activityTitle, ledger),
    subtitle: marked(section.activitySubtitle, ledger),
    text: marked(section.activityText, ledger),
  }
  const hasActivity =
    activity.image !== null ||
    activity.title.length + activity.subtitle.length + activity.text.length > 0
  const hero = section.heroImage
  const images = [hero, ...ledger.take(asList(section.images), MOST_IMAGES)].map((one) =>
    pictureOf(one, ledger),
  )
  return {
    hasLine: section.startGroup === true,
    title: marked(section.title, ledger),
    activity: hasActivity ? activity : null,
    text: marked(section.text, ledger),
    facts: ledger.take(asObjects(section.facts), MOST_FACTS).map((fact) => ({
      name: ledger.clip(asShownText(fact.name) ?? ''),
      value: marked(fact.value, ledger),
    })),
    images: images.filter((image) => image !== null),
  }
}

function pictureOf(value: unknown, ledger: Ledger): CardPicture | null {
  const [object] = asObjects([value])
  return picture(object?.image, ledger.clip(asText(object?.title) ?? ''))
}

function picture(url: unknown, alt: string): CardPicture | null {
  return asText(url) ? { url: pictureUrl(url), alt } : null
}

function marked(value: unknown, ledger: Ledger): Block[] {
  return parseMarkdown(ledger.clip(asShownText(value) ?? ''), MESSAGE_CARD)
}
