/** A Slack message as a channel shows it: text, blocks, attachments with their bar. */

import { useMemo } from 'react'
import type { JsonObject } from './json-reading.ts'
import { BlocksView, InlineView } from './marked-view.tsx'
import { MessageFrame, type Sender } from './message-frame.tsx'
import { Picture } from './picture.tsx'
import { readSlack } from './read-slack.ts'
import classes from './slack.module.css'
import { SlackBlocks } from './slack-blocks.tsx'
import type { SlackAttachment } from './slack-message.ts'

interface SlackViewProps {
  readonly message: JsonObject
  readonly sender: Sender
}

export function SlackView({ message, sender }: SlackViewProps) {
  const slack = useMemo(() => readSlack(message), [message])
  const isEmpty =
    slack.text.length === 0 && slack.blocks.length === 0 && slack.attachments.length === 0
  const notes = [
    ...(slack.notification === null ? [] : [notificationNote(slack.notification)]),
    ...(isEmpty
      ? ['There is nothing to show: the message has no text, blocks or attachments.']
      : []),
    ...slack.notes,
  ]
  return (
    <MessageFrame chat="slack" sender={sender} badge="APP" notes={notes}>
      <BlocksView blocks={slack.text} />
      <SlackBlocks blocks={slack.blocks} />
      {slack.attachments.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the message is drawn as a whole
        <Attachment key={index} attachment={attachment} />
      ))}
    </MessageFrame>
  )
}

const SHOWN_OF_NOTIFICATION = 160

/** Where blocks are drawn, the text is what a notification shows. */
function notificationNote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const shown = [...line].slice(0, SHOWN_OF_NOTIFICATION).join('')
  return `The notification says: ${shown}${shown.length < line.length ? '…' : ''}`
}

function Attachment({ attachment }: { readonly attachment: SlackAttachment }) {
  const { colour, pretext, author, title, text, fields, images, footer, blocks } = attachment
  return (
    <div className={classes.attachment}>
      <BlocksView blocks={pretext} />
      <div className={classes.attached}>
        <span className={classes.bar} style={colour ? { background: colour } : undefined} />
        <div className={classes.attachedBody}>
          {author ? <p className={classes.author}>{author}</p> : null}
          {title.length > 0 ? (
            <p className={classes.attachedTitle}>
              <InlineView nodes={title} />
            </p>
          ) : null}
          <BlocksView blocks={text} />
          {fields.length > 0 ? (
            <div className={classes.fields}>
              {fields.map((field, index) => (
                <div
                  // biome-ignore lint/suspicious/noArrayIndexKey: the message is drawn as a whole
                  key={index}
                  className={classes.field}
                  data-short={field.isShort || undefined}
                >
                  <b>{field.title}</b>
                  <BlocksView blocks={field.value} />
                </div>
              ))}
            </div>
          ) : null}
          <SlackBlocks blocks={blocks} />
          {images.map((image) => (
            <Picture key={image.url} url={image.url} alt={image.alt} />
          ))}
          {footer ? <p className={classes.footer}>{footer}</p> : null}
        </div>
      </div>
    </div>
  )
}
