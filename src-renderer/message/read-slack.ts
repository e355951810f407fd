/** Reads a Slack message: `text`, Block Kit, legacy attachments. What it does not know is named. */
import { asText, createLedger, type JsonObject } from './json-reading.ts'
import { plainText } from './marked-text.ts'
import { readAttachments } from './read-slack-attachments.ts'
import { readBlocks, textBlocks } from './read-slack-blocks.ts'
import type { SlackMessage } from './slack-message.ts'

export function readSlack(message: JsonObject): SlackMessage {
  const ledger = createLedger()
  const blocks = readBlocks(message.blocks, ledger)
  const attachments = readAttachments(message.attachments, ledger)
  const text = asText(message.text)
  const written = text ? textBlocks(ledger.clip(text), message.mrkdwn !== false) : []
  return {
    text: blocks.length > 0 ? [] : written,
    notification: blocks.length > 0 && text ? plainText(written) : null,
    blocks,
    attachments,
    notes: ledger.notes(),
  }
}
