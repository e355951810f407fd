/** Reads what a Teams workflow or a legacy connector is sent: the cards in it, made harmless. */
import {
  asList,
  asObject,
  asText,
  createLedger,
  type JsonObject,
  type Ledger,
  typeName,
} from './json-reading.ts'
import { readMessageCard, type TeamsMessageCard } from './read-message-card.ts'
import { harmlessCard } from './teams-card.ts'

const MOST_CARDS = 10

export type TeamsCard =
  /** `isWide`: as wide as the channel, which the card asks for by `msteams.width`. */
  | { readonly kind: 'adaptive'; readonly card: JsonObject; readonly isWide: boolean }
  | { readonly kind: 'legacy'; readonly card: TeamsMessageCard }

export interface TeamsMessage {
  readonly cards: readonly TeamsCard[]
  readonly notes: readonly string[]
}

export function readTeams(message: JsonObject): TeamsMessage {
  const ledger = createLedger()
  const cards = readCards(message, ledger)
  if (cards.length === 0) ledger.say('There is nothing to show: the message has no card.')
  return { cards, notes: ledger.notes() }
}

function readCards(message: JsonObject, ledger: Ledger): TeamsCard[] {
  if (message['@type'] === 'MessageCard') {
    return [{ kind: 'legacy', card: readMessageCard(message, ledger) }]
  }
  if (message.type === 'AdaptiveCard') {
    ledger.say('The card stands alone; a workflow looks for it in attachments of a message.')
    return [adaptive(message, ledger)]
  }
  if (asText(message.text))
    ledger.say('The message has a text beside its cards; a workflow posts the cards.')
  const attachments = asList(message.attachments)
  return ledger
    .take(attachments, MOST_CARDS)
    .flatMap((one) => readAttachment(asObject(one), ledger))
}

function adaptive(card: JsonObject, ledger: Ledger): TeamsCard {
  const isWide = String(asText(asObject(card.msteams)?.width)).toLowerCase() === 'full'
  return { kind: 'adaptive', card: harmlessCard(card, ledger), isWide }
}

function readAttachment(attachment: JsonObject | null, ledger: Ledger): TeamsCard[] {
  const content = asObject(attachment?.content)
  if (content && attachment?.contentType === 'application/vnd.microsoft.card.adaptive') {
    return [adaptive(content, ledger)]
  }
  if (content && content['@type'] === 'MessageCard') {
    return [{ kind: 'legacy', card: readMessageCard(content, ledger) }]
  }
  ledger.missing(`an attachment ${typeName(attachment?.contentType)}`)
  return []
}
