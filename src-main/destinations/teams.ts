/**
 * A message as an Adaptive Card 1.4 in the envelope that a Teams flow expects. Only elements that
 * Teams shows everywhere: TextBlock, FactSet, Action.OpenUrl.
 */
import type { Ink } from './ink.ts'
import { TEAMS_LIMITS } from './limits.ts'
import type { Fact, Message } from './messages/index.ts'

export interface TeamsMessage {
  readonly type: 'message'
  readonly attachments: readonly {
    readonly contentType: 'application/vnd.microsoft.card.adaptive'
    readonly contentUrl: null
    readonly content: AdaptiveCard
  }[]
}

interface AdaptiveCard {
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json'
  readonly type: 'AdaptiveCard'
  readonly version: '1.4'
  readonly body: readonly CardElement[]
  readonly actions?: readonly OpenUrl[]
}

type CardElement = TextBlock | FactSet

interface TextBlock {
  readonly type: 'TextBlock'
  readonly text: string
  readonly wrap: true
  readonly size?: 'Large' | 'Small'
  readonly weight?: 'Bolder'
  readonly isSubtle?: true
}

interface FactSet {
  readonly type: 'FactSet'
  readonly facts: readonly { readonly title: string; readonly value: string }[]
}

interface OpenUrl {
  readonly type: 'Action.OpenUrl'
  readonly title: string
  readonly url: string
}

/** Of one text; a card has a dozen, and twice their size is still far from what Teams takes. */
const MOST_TEXT = 2_000

export function teamsMessage(message: Message, ink: Ink): TeamsMessage {
  const { title, lead, facts, changes, quote, link, footer } = message
  const text = (value: string) => ink.teams(value, MOST_TEXT)
  const card: AdaptiveCard = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      { type: 'TextBlock', text: text(title), size: 'Large', weight: 'Bolder', wrap: true },
      { type: 'TextBlock', text: text(lead), wrap: true },
      ...factSets(ink, facts),
      ...factSets(ink, changes),
      ...(quote ? ink.parts(quote, [quoteBlock(ink, quote)]) : []),
      ...(footer ? [footerBlock(text(footer))] : []),
    ],
    ...(link ? { actions: ink.only(link, [openUrl(link)]) } : {}),
  }
  const contentType = 'application/vnd.microsoft.card.adaptive'
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content: card }] }
}

/** How long the message is in bytes, as it goes over the wire. */
export function isWithinTeams(message: TeamsMessage): boolean {
  return Buffer.byteLength(JSON.stringify(message)) <= TEAMS_LIMITS.messageBytes - SPARE_BYTES
}

/** For a layout with line breaks. */
const SPARE_BYTES = 4 * 1024

function factSets(ink: Ink, facts: readonly Fact[]): FactSet[] {
  const rows = facts.flatMap((fact) =>
    ink.parts(fact, [
      { title: ink.teams(fact.label, MOST_TEXT), value: ink.teams(fact.value, MOST_TEXT) },
    ]),
  )
  return rows.length === 0 ? [] : [{ type: 'FactSet', facts: rows }]
}

function quoteBlock(ink: Ink, { text }: NonNullable<Message['quote']>): TextBlock {
  return {
    type: 'TextBlock',
    text: ink.around('“', ink.teams(text, MOST_TEXT), '”'),
    wrap: true,
  }
}

function footerBlock(text: string): TextBlock {
  return { type: 'TextBlock', text, size: 'Small', isSubtle: true, wrap: true }
}

function openUrl({ label, url }: NonNullable<Message['link']>): OpenUrl {
  return { type: 'Action.OpenUrl', title: label, url }
}
