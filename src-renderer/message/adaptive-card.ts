/**
 * The only place that knows the Adaptive Cards renderer; loaded when a card is first drawn. It is
 * given cards that were made harmless, turns markdown into HTML by our own small parser, and draws
 * images as placeholders. Nothing it makes navigates: addresses are taken out of what it built.
 */
import {
  ActionSet,
  AdaptiveCard,
  CardElement,
  CardObjectRegistry,
  Column,
  ColumnSet,
  Container,
  FactSet,
  GlobalRegistry,
  GlobalSettings,
  HostConfig,
  OpenUrlAction,
  RichTextBlock,
  SerializationContext,
  StringProperty,
  Table,
  TableCell,
  TableRow,
  TextBlock,
  TextRun,
  Versions,
} from 'adaptivecards'
import type { JsonObject } from './json-reading.ts'
import { ADAPTIVE_CARD, parseMarkdown } from './markdown.ts'
import { htmlOf } from './marked-html.ts'
import pictureClasses from './picture.module.css'
import { isCarried } from './picture-url.ts'
import { PLACEHOLDER } from './teams-card.ts'
import { TEAMS_HOST_CONFIG } from './teams-host-config.ts'

const DRAWN_PIXELS: Readonly<Record<string, string>> = { small: 'icon', medium: 'small' }

const SVG = 'http://www.w3.org/2000/svg'
const GLYPH = {
  width: '18',
  height: '18',
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': '2',
  'stroke-linejoin': 'round',
  'aria-hidden': 'true',
}

/** Stands where the card has an image. */
class PicturePlaceholder extends CardElement {
  static readonly urlProperty = new StringProperty(Versions.v1_0, 'url')
  static readonly altTextProperty = new StringProperty(Versions.v1_0, 'altText')
  static readonly sizeProperty = new StringProperty(Versions.v1_0, 'size')

  override getJsonTypeName(): string {
    return PLACEHOLDER
  }

  protected override internalRender(): HTMLElement {
    const url = String(this.getValue(PicturePlaceholder.urlProperty) ?? '')
    const alt = String(this.getValue(PicturePlaceholder.altTextProperty) ?? '')
    const size = String(this.getValue(PicturePlaceholder.sizeProperty) ?? '').toLowerCase()
    return drawnPicture(url, alt, DRAWN_PIXELS[size] ?? 'full')
  }
}

function drawnPicture(url: string, alt: string, size: string): HTMLElement {
  if (isCarried(url)) {
    const image = document.createElement('img')
    image.className = pictureClasses.image ?? ''
    image.dataset.size = size
    image.src = url
    image.alt = alt
    return image
  }
  const name = alt || 'An image without a description'
  const picture = document.createElement('span')
  picture.className = pictureClasses.picture ?? ''
  picture.dataset.size = size
  picture.setAttribute('role', 'img')
  picture.setAttribute('aria-label', name)
  picture.append(glyph())
  if (size !== 'full') {
    picture.title = name
    return picture
  }
  const words = document.createElement('span')
  words.className = pictureClasses.words ?? ''
  for (const [className, text] of [
    [pictureClasses.alt, name],
    [pictureClasses.url, url],
  ] as const) {
    const line = document.createElement('span')
    line.className = className ?? ''
    line.textContent = text
    words.append(line)
  }
  picture.append(words)
  return picture
}

/** The same small picture as in the other chats' placeholders. */
function glyph(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  for (const [name, value] of Object.entries(GLYPH)) svg.setAttribute(name, value)
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', 'M4 5h16v14H4z M4 16l5-5 4 4 2-2 5 4 M15 9h.01')
  svg.append(path)
  return svg
}

GlobalSettings.useAdvancedTextBlockTruncation = false
GlobalSettings.useAdvancedCardBottomTruncation = false
GlobalSettings.useWebkitLineClamp = true
GlobalSettings.setTabIndexAtCardRoot = false

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = htmlOf(parseMarkdown(text, ADAPTIVE_CARD))
  result.didProcess = true
}

const elements = new CardObjectRegistry<CardElement>()
const KNOWN = {
  TextBlock,
  RichTextBlock,
  TextRun,
  FactSet,
  Container,
  ColumnSet,
  Column,
  ActionSet,
  Table,
  TableRow,
  TableCell,
  [PLACEHOLDER]: PicturePlaceholder,
}
for (const [name, type] of Object.entries(KNOWN)) elements.register(name, type)

const hostConfig = new HostConfig(TEAMS_HOST_CONFIG)

/**
 * Draws a harmless card.
 * @throws Error when the renderer does not cope with it
 */
export function drawCard(source: JsonObject): HTMLElement | null {
  const card = new AdaptiveCard()
  card.hostConfig = hostConfig
  const context = new SerializationContext()
  context.setElementRegistry(elements)
  context.setActionRegistry(GlobalRegistry.defaultActions)
  card.parse(source, context)
  card.onExecuteAction = () => {}
  card.onAnchorClicked = () => true
  const drawn = card.render()
  if (!drawn) return null
  for (const action of card.getAllActions()) {
    if (action instanceof OpenUrlAction) nameTarget(action.renderedElement, action.url)
  }
  for (const anchor of drawn.querySelectorAll('a')) {
    nameTarget(anchor, anchor.getAttribute('href') ?? undefined)
    anchor.removeAttribute('href')
    anchor.removeAttribute('target')
    anchor.setAttribute('role', 'link')
    anchor.tabIndex = 0
  }
  return drawn
}

function nameTarget(element: HTMLElement | undefined, url: string | undefined): void {
  if (!element || !url) return
  element.dataset.url = url
  element.setAttribute('aria-description', url)
}
