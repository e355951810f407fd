/** Reads a Webex message: its markdown, or its text as it is typed. */
import { asList, asText, createLedger, type JsonObject } from './json-reading.ts'
import { parseMarkdown, WEBEX } from './markdown.ts'
import { type Block, textNode } from './marked-text.ts'

const SOFT_BREAK =
  'A single line break within a paragraph is drawn as a space; two spaces before it make a break.'

/** Without markdown the text is shown as it is; with it, the text is for apps that show no marks. */
export function readWebex(message: JsonObject): { blocks: Block[]; notes: string[] } {
  const ledger = createLedger()
  const markdown = asText(message.markdown)
  const text = asText(message.text)
  if (asList(message.attachments).length > 0) ledger.missing('attachments')
  if (asList(message.files).length > 0) ledger.missing('files')
  if (asText(message.html)) ledger.missing('html')
  if (markdown !== null) {
    const onSoftBreak = () => ledger.say(SOFT_BREAK)
    const blocks = parseMarkdown(ledger.clip(markdown), { ...WEBEX, onSoftBreak })
    if (text !== null && text !== markdown) {
      ledger.say('Both text and markdown are there: the markdown is shown.')
    }
    return { blocks, notes: ledger.notes() }
  }
  if (text === null)
    ledger.say('There is nothing to show: the message has no text and no markdown.')
  return { blocks: asTyped(ledger.clip(text ?? '')), notes: ledger.notes() }
}

function asTyped(text: string): Block[] {
  if (text === '') return []
  const children = text
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => [...(index > 0 ? [{ kind: 'break' as const }] : []), textNode(line)])
  return [{ kind: 'paragraph', children }]
}
