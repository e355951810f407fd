/** A Slack message as it is drawn: texts are trees already, and everything else is plain values. */
import type { Block, Inline } from './marked-text.ts'

export interface SlackImage {
  readonly kind: 'image'
  readonly url: string
  readonly alt: string
  readonly title: string | null
}

export type SlackElement =
  | {
      readonly kind: 'button'
      readonly label: string
      readonly url: string | null
      readonly style: 'primary' | 'danger' | null
    }
  /** A menu, a date: a box with its first words. */
  | { readonly kind: 'choice'; readonly label: string }
  | SlackImage

export interface SlackText {
  readonly kind: 'text'
  readonly blocks: readonly Block[]
}

export type SlackBlock =
  | { readonly kind: 'header'; readonly text: string }
  | {
      readonly kind: 'section'
      readonly text: readonly Block[]
      readonly fields: readonly (readonly Block[])[]
      readonly accessory: SlackElement | null
    }
  | { readonly kind: 'context'; readonly elements: readonly (SlackText | SlackImage)[] }
  | { readonly kind: 'actions'; readonly elements: readonly SlackElement[] }
  | { readonly kind: 'divider' }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Block[])[])[] }
  | SlackText
  | SlackImage

export interface SlackAttachment {
  /** A CSS colour, or null for the neutral bar. */
  readonly colour: string | null
  readonly pretext: readonly Block[]
  readonly author: string | null
  readonly title: readonly Inline[]
  readonly text: readonly Block[]
  readonly fields: readonly SlackField[]
  readonly images: readonly SlackImage[]
  readonly footer: string | null
  readonly blocks: readonly SlackBlock[]
}

export interface SlackField {
  readonly title: string
  readonly value: readonly Block[]
  readonly isShort: boolean
}

export interface SlackMessage {
  /** What is drawn of `text`: nothing where blocks stand in its place. */
  readonly text: readonly Block[]
  /** What a notification says, where that is not the message itself. */
  readonly notification: string | null
  readonly blocks: readonly SlackBlock[]
  readonly attachments: readonly SlackAttachment[]
  readonly notes: readonly string[]
}
