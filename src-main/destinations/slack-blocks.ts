/**
 * What Slack's Block Kit takes, as rules: structure and lengths (slackapi/node-slack-sdk,
 * `packages/types/src/block-kit`; docs.slack.dev/block-kit). Blocks that are known by name but have no
 * rule here are taken as they are.
 */
import { SLACK_LIMITS } from './limits.ts'
import { isObject, type JsonObject } from './rehearsal.ts'

/** What is wrong at a place, in words; null when nothing is. */
type Fault = string | null

/** Why Slack would answer `invalid_blocks`; null when it would not. @param at `blocks` */
export function blocksFault(blocks: unknown, at: string): Fault {
  if (!Array.isArray(blocks)) return `${at} is not a list.`
  const ids = new Set<unknown>()
  return (
    tooMany(blocks, at, 0, SLACK_LIMITS.blocks) ??
    firstFault(blocks, at, (block, place) => {
      if (block.block_id !== undefined && ids.has(block.block_id)) {
        return `${place}.block_id is that of an earlier block.`
      }
      ids.add(block.block_id)
      return idFault(block.block_id, `${place}.block_id`) ?? blockFault(block, place)
    })
  )
}

type Check = (part: JsonObject, at: string) => Fault

const BLOCKS: Readonly<Record<string, Check>> = {
  section: (block, at) =>
    block.text === undefined && block.fields === undefined
      ? `${at} has neither text nor fields.`
      : (optional(block.text, (text) => textFault(text, `${at}.text`, SLACK_LIMITS.textObject)) ??
        optional(block.fields, (fields) => fieldsFault(fields, `${at}.fields`)) ??
        optional(block.accessory, (part) => elementFault(part, `${at}.accessory`))),
  header: (block, at) => plainFault(block.text, `${at}.text`, SLACK_LIMITS.header),
  divider: () => null,
  context: (block, at) =>
    listFault(block.elements, `${at}.elements`, SLACK_LIMITS.contextElements, (part, place) =>
      part.type === 'image'
        ? imageFault(part, place)
        : textFault(part, place, SLACK_LIMITS.textObject),
    ),
  actions: (block, at) =>
    listFault(block.elements, `${at}.elements`, SLACK_LIMITS.actionsElements, elementFault),
  image: (block, at) =>
    imageFault(block, at) ??
    optional(block.title, (title) => plainFault(title, `${at}.title`, SLACK_LIMITS.imageText)),
  markdown: (block, at) => stringFault(block.text, `${at}.text`, SLACK_LIMITS.markdownBlock),
  rich_text: (block, at) => listFault(block.elements, `${at}.elements`, Infinity, () => null),
  table: (block, at) => tableFault(block, at),
  video: (block, at) =>
    plainFault(block.title, `${at}.title`, SLACK_LIMITS.videoTitle) ??
    stringFault(block.alt_text, `${at}.alt_text`, SLACK_LIMITS.imageText) ??
    urlFault(block.video_url, `${at}.video_url`) ??
    urlFault(block.thumbnail_url, `${at}.thumbnail_url`) ??
    optional(block.author_name, (name) =>
      stringFault(name, `${at}.author_name`, SLACK_LIMITS.videoAuthor),
    ),
}

const UNCHECKED_BLOCKS = new Set([
  'alert',
  'card',
  'carousel',
  'container',
  'context_actions',
  'data_table',
  'file',
  'input',
  'plan',
  'task_card',
])

function blockFault(block: JsonObject, at: string): Fault {
  if (typeof block.type !== 'string') return `${at} has no type.`
  const check = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : undefined
  if (check) return check(block, at)
  return UNCHECKED_BLOCKS.has(block.type) ? null : `${at} is of no type that Slack has.`
}

const ELEMENTS: Readonly<Record<string, Check>> = {
  button: (part, at) =>
    plainFault(part.text, `${at}.text`, SLACK_LIMITS.buttonText) ??
    optional(part.url, (url) => urlFault(url, `${at}.url`)) ??
    optional(part.value, (value) => stringFault(value, `${at}.value`, SLACK_LIMITS.buttonValue)) ??
    optional(part.style, (style) =>
      style === 'primary' || style === 'danger' ? null : `${at}.style is not primary or danger.`,
    ),
  image: imageFault,
  static_select: (part, at) => optionsFault(part, at, SLACK_LIMITS.selectOptions),
  multi_static_select: (part, at) => optionsFault(part, at, SLACK_LIMITS.selectOptions),
  overflow: (part, at) => optionsFault(part, at, SLACK_LIMITS.overflowOptions),
  radio_buttons: (part, at) => optionsFault(part, at, SLACK_LIMITS.radioOptions),
  checkboxes: (part, at) => optionsFault(part, at, SLACK_LIMITS.radioOptions),
}

const UNCHECKED_ELEMENTS =
  /^((multi_)?(users|conversations|channels|external)_select|datepicker|datetimepicker|timepicker|workflow_button|rich_text_input|feedback_buttons|icon_button)$/

function elementFault(part: unknown, at: string): Fault {
  if (!isObject(part) || typeof part.type !== 'string') return `${at} is no element.`
  const id = idFault(part.action_id, `${at}.action_id`)
  if (id !== null) return id
  const check = Object.hasOwn(ELEMENTS, part.type) ? ELEMENTS[part.type] : undefined
  if (check) return check(part, at)
  return UNCHECKED_ELEMENTS.test(part.type) ? null : `${at} is of no type that Slack has.`
}

function optionsFault({ options, option_groups: groups }: JsonObject, at: string, most: number) {
  if (options === undefined && Array.isArray(groups)) return tooMany(groups, at, 1, most)
  return listFault(options, `${at}.options`, most, (option, place) =>
    textFault(option.text, `${place}.text`, SLACK_LIMITS.buttonText),
  )
}

function fieldsFault(fields: unknown, at: string): Fault {
  return listFault(fields, at, SLACK_LIMITS.fields, (field, place) =>
    textFault(field, place, SLACK_LIMITS.field),
  )
}

function imageFault(part: JsonObject, at: string): Fault {
  const source = part.slack_file === undefined ? urlFault(part.image_url, `${at}.image_url`) : null
  return source ?? stringFault(part.alt_text, `${at}.alt_text`, SLACK_LIMITS.imageText)
}

function tableFault({ rows, column_settings: columns }: JsonObject, at: string): Fault {
  if (!Array.isArray(rows)) return `${at}.rows is not a list.`
  const cells = rows.findIndex((row) => !Array.isArray(row) || row.length > SLACK_LIMITS.tableCells)
  return (
    tooMany(rows, `${at}.rows`, 1, SLACK_LIMITS.tableRows) ??
    (cells === -1
      ? null
      : `${at}.rows[${cells}] has more than ${SLACK_LIMITS.tableCells} cells.`) ??
    (Array.isArray(columns)
      ? tooMany(columns, `${at}.column_settings`, 0, SLACK_LIMITS.tableCells)
      : null)
  )
}

/** A text object of either kind. */
function textFault(value: unknown, at: string, most: number): Fault {
  if (!isObject(value)) return `${at} is no text object.`
  if (value.type !== 'mrkdwn' && value.type !== 'plain_text') {
    return `${at}.type is not mrkdwn or plain_text.`
  }
  return stringFault(value.text, `${at}.text`, most)
}

function plainFault(value: unknown, at: string, most: number): Fault {
  const isPlain = isObject(value) && value.type === 'plain_text'
  return isPlain ? stringFault(value.text, `${at}.text`, most) : `${at} is no plain_text object.`
}

function stringFault(value: unknown, at: string, most: number): Fault {
  if (typeof value !== 'string') return `${at} is no text.`
  if (value === '') return `${at} is empty.`
  return value.length > most ? `${at} is longer than ${most} characters.` : null
}

function urlFault(value: unknown, at: string): Fault {
  const fault = stringFault(value, at, SLACK_LIMITS.buttonUrl)
  if (fault !== null) return fault
  const isUrl = URL.canParse(String(value)) && /^(https?|mailto):/i.test(String(value))
  return isUrl ? null : `${at} is no URL.`
}

function idFault(value: unknown, at: string): Fault {
  return value === undefined ? null : stringFault(value, at, SLACK_LIMITS.id)
}

/** A list of objects that has one at least. */
function listFault(value: unknown, at: string, most: number, check: Check): Fault {
  if (!Array.isArray(value)) return `${at} is not a list.`
  return tooMany(value, at, 1, most) ?? firstFault(value, at, check)
}

function tooMany(list: readonly unknown[], at: string, least: number, most: number): Fault {
  if (list.length < least) return `${at} is empty.`
  return list.length > most ? `${at} has more than ${most} entries.` : null
}

function firstFault(list: readonly unknown[], at: string, check: Check): Fault {
  for (const [index, part] of list.entries()) {
    const place = `${at}[${index}]`
    const fault = isObject(part) ? check(part, place) : `${place} is no object.`
    if (fault !== null) return fault
  }
  return null
}

function optional(value: unknown, check: (value: unknown) => Fault): Fault {
  return value === undefined ? null : check(value)
}
