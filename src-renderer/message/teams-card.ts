/**
 * Makes an Adaptive Card harmless before the renderer sees it: known elements with known properties
 * only, images as placeholders (nothing is loaded), no background images or icons, bounded depth and
 * count. What is left out is named.
 * Source of what webhook cards may hold: learn.microsoft.com, "Create and send messages" of Teams.
 */
import {
  asList,
  asObject,
  asText,
  type JsonObject,
  type Ledger,
  NO_WEB_ADDRESS,
  typeName,
} from './json-reading.ts'
import { linkUrl } from './marked-text.ts'
import { pictureUrl } from './picture-url.ts'

/** The type that stands for an image in a card that was made harmless. */
export const PLACEHOLDER = 'HookstagePicture'

const MOST_ELEMENTS = 200
const MOST_DEPTH = 14

const OF_ELEMENT = ['id', 'spacing', 'separator', 'height', 'isVisible', 'horizontalAlignment']
const OF_BOX = ['style', 'verticalContentAlignment', 'bleed', 'minHeight', 'rtl']

const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  TextBlock: [
    'text',
    'color',
    'fontType',
    'isSubtle',
    'maxLines',
    'size',
    'weight',
    'wrap',
    'style',
  ],
  RichTextBlock: [],
  FactSet: [],
  Container: OF_BOX,
  ColumnSet: OF_BOX,
  Column: [...OF_BOX, 'width'],
  ActionSet: [],
  Table: [
    'firstRowAsHeader',
    'firstRowAsHeaders',
    'showGridLines',
    'gridStyle',
    'horizontalCellContentAlignment',
    'verticalCellContentAlignment',
  ],
  TableRow: ['style', 'horizontalCellContentAlignment', 'verticalCellContentAlignment'],
  TableCell: OF_BOX,
}
const OF_RUN = [
  'color',
  'fontType',
  'highlight',
  'isSubtle',
  'italic',
  'size',
  'strikethrough',
  'underline',
  'weight',
]
const OF_ACTION = ['id', 'title', 'style', 'tooltip', 'isEnabled', 'mode']
const OF_CARD = ['lang', 'minHeight', 'verticalContentAlignment', 'rtl']
/** Where children of each kind of box lie. */
const CHILDREN: Readonly<Record<string, { key: string; type: string | null }>> = {
  Container: { key: 'items', type: null },
  Column: { key: 'items', type: null },
  TableCell: { key: 'items', type: null },
  ColumnSet: { key: 'columns', type: 'Column' },
  Table: { key: 'rows', type: 'TableRow' },
  TableRow: { key: 'cells', type: 'TableCell' },
}

type Made = Record<string, unknown>

export function harmlessCard(card: JsonObject, ledger: Ledger): JsonObject {
  return createCleaner(ledger).card(card, 0)
}

function createCleaner(ledger: Ledger) {
  function card(source: JsonObject, depth: number): Made {
    if (source.backgroundImage !== undefined) ledger.missing('a background image')
    return {
      ...picked(source, OF_CARD, ledger),
      type: 'AdaptiveCard',
      version: asText(source.version) ?? '1.0',
      body: elements(source.body, depth + 1),
      actions: actions(source.actions, depth + 1),
      ...selectAction(source),
    }
  }

  function elements(value: unknown, depth: number, type: string | null = null): Made[] {
    if (depth > MOST_DEPTH) {
      if (asList(value).length > 0)
        ledger.say('Boxes lie deeper in boxes than this preview draws them.')
      return []
    }
    return ledger.take(asList(value), MOST_ELEMENTS).flatMap((one) => {
      const source = asObject(one)
      if (!source) return []
      return element(source, depth, type ?? asText(source.type))
    })
  }

  function element(source: JsonObject, depth: number, type: string | null): Made[] {
    if (source.backgroundImage !== undefined) ledger.missing('a background image')
    if (type === 'Image') return [placeholder(source)]
    if (type === 'ImageSet') return [imageSet(source, depth)]
    const properties = type === null ? undefined : own(PROPERTIES, type)
    if (type === null || !properties) return unknownElement(source, type, depth)
    const made: Made = { ...picked(source, [...OF_ELEMENT, ...properties], ledger), type }
    const children = own(CHILDREN, type)
    if (children) made[children.key] = elements(source[children.key], depth + 1, children.type)
    if (type === 'Table') made.columns = tableColumns(source.columns)
    if (type === 'FactSet') made.facts = facts(source.facts)
    if (type === 'RichTextBlock') made.inlines = runs(source.inlines)
    if (type === 'ActionSet') made.actions = actions(source.actions, depth + 1)
    return [{ ...made, ...selectAction(source) }]
  }

  /** What is not known may say what stands in for it. */
  function unknownElement(source: JsonObject, type: string | null, depth: number): Made[] {
    const fallback = asObject(source.fallback)
    if (fallback) return elements([fallback], depth + 1)
    if (source.fallback !== 'drop') ledger.missing(`an element ${typeName(type)}`)
    return []
  }

  function placeholder(source: JsonObject): Made {
    return {
      ...picked(source, [...OF_ELEMENT, 'size', 'style'], ledger),
      type: PLACEHOLDER,
      url: pictureUrl(source.url),
      altText: ledger.clip(asText(source.altText) ?? ''),
    }
  }

  function imageSet(source: JsonObject, depth: number): Made {
    const columns = elements(source.images, depth + 1, 'Image').slice(0, 24)
    return {
      ...picked(source, OF_ELEMENT, ledger),
      type: 'ColumnSet',
      columns: columns.map((image) => ({ type: 'Column', width: 'auto', items: [image] })),
    }
  }

  function facts(value: unknown): Made[] {
    return ledger.take(asList(value), 200).flatMap((one) => {
      const fact = asObject(one)
      return fact ? [picked(fact, ['title', 'value'], ledger)] : []
    })
  }

  function runs(value: unknown): Made[] {
    return ledger.take(asList(value), 500).flatMap((one) => {
      if (typeof one === 'string') return [{ type: 'TextRun', text: ledger.clip(one) }]
      const run = asObject(one)
      if (run?.type !== 'TextRun') {
        ledger.missing(`a part of text ${typeName(run?.type)}`)
        return []
      }
      return [
        { ...picked(run, [...OF_RUN, 'text'], ledger), type: 'TextRun', ...selectAction(run) },
      ]
    })
  }

  function actions(value: unknown, depth: number): Made[] {
    return ledger.take(asList(value), 30).flatMap((one) => {
      const source = asObject(one)
      const made = source ? action(source, depth) : null
      return made ? [made] : []
    })
  }

  function action(source: JsonObject, depth: number): Made | null {
    const { type } = source
    const made = { ...picked(source, OF_ACTION, ledger), type }
    if (type === 'Action.OpenUrl') return { ...made, url: shownUrl(source.url, ledger) }
    if (type === 'Action.ToggleVisibility') {
      const targets = asList(source.targetElements).slice(0, 100)
      return { ...made, targetElements: targets.flatMap(target) }
    }
    if (type === 'Action.ShowCard' && depth < MOST_DEPTH) {
      return { ...made, card: card(asObject(source.card) ?? {}, depth + 1) }
    }
    ledger.missing(
      type === 'Action.Submit' || type === 'Action.Execute' || type === 'Action.Http'
        ? `an action ${typeName(type)}, which messages of webhooks cannot have`
        : `an action ${typeName(type)}`,
    )
    return null
  }

  function selectAction(source: JsonObject): Made {
    const made = asObject(source.selectAction)
    if (made?.type !== 'Action.OpenUrl') return {}
    return {
      selectAction: {
        type: 'Action.OpenUrl',
        url: shownUrl(made.url, ledger),
        title: asText(made.title) ?? '',
      },
    }
  }

  return { card }
}

function target(value: unknown): (string | Made)[] {
  if (typeof value === 'string') return [value]
  const one = asObject(value)
  if (typeof one?.elementId !== 'string') return []
  return typeof one.isVisible === 'boolean'
    ? [{ elementId: one.elementId, isVisible: one.isVisible }]
    : [one.elementId]
}

function tableColumns(value: unknown): Made[] {
  return asList(value)
    .slice(0, 30)
    .map((one) => {
      const column = asObject(one) ?? {}
      const width = typeof column.width === 'number' ? column.width : (asText(column.width) ?? 1)
      return { type: 'TableColumnDefinition', width }
    })
}

function shownUrl(value: unknown, ledger: Ledger): string {
  const url = linkUrl(asText(value) ?? '')
  if (url === null) ledger.say(NO_WEB_ADDRESS)
  return url ?? ''
}

/** Values of plain kinds under the keys; texts are clipped. */
function picked(source: JsonObject, keys: readonly string[], ledger: Ledger): Made {
  const made: Made = {}
  for (const key of keys) {
    const value = source[key]
    if (typeof value === 'string') made[key] = ledger.clip(value)
    else if (typeof value === 'number' || typeof value === 'boolean') made[key] = value
  }
  return made
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
