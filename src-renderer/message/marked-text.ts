/**
 * Marked-up text as a tree: what the parsers of the chats' languages make of a string, and what is
 * drawn. Nothing in it is HTML. Parsers bound their work: nesting has an end, each is linear.
 */
export type Inline =
  | { readonly kind: 'text' | 'code' | 'mention'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: Emphasis; readonly children: readonly Inline[] }
  /** Only of the schemes of `linkUrl`. */
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] }

export type Emphasis = 'strong' | 'emphasis' | 'strike' | 'underline'

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'fence'; readonly text: string }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | ListBlock
  | { readonly kind: 'rule' }

export interface ListBlock {
  readonly kind: 'list'
  /** The first number, or null for bullets. */
  readonly start: number | null
  readonly items: readonly (readonly Block[])[]
}

/** How deep emphasis, quotes and lists may nest; what lies deeper stays as it was typed. */
export const MOST_NESTED = 8

const MOST_URL = 8_000

/** The URL, if it is one that a chat would make a link of; `javascript:` and its like are not. */
export function linkUrl(url: string): string | null {
  return url.length <= MOST_URL && /^(https?:\/\/|mailto:)[^\s]/i.test(url) ? url : null
}

export function textNode(text: string): Inline {
  return { kind: 'text', text }
}

interface Frame {
  readonly mark: string
  readonly kind: Emphasis | null
  readonly nodes: Inline[]
}

export interface InlineBuilder {
  text(text: string): void
  node(node: Inline): void
  /** A mark that may open or close emphasis; one that does neither is text. */
  mark(mark: string, kind: Emphasis, canOpen: boolean, canClose: boolean): void
  /** All that was put in; marks that were never closed are text. */
  end(): Inline[]
}

/** Builds a line's tree from marks in the order in which they come. Linear in what is put in. */
export function createInlineBuilder(): InlineBuilder {
  const root: Frame = { mark: '', kind: null, nodes: [] }
  const open: Frame[] = []
  const top = () => open.at(-1) ?? root
  const text = (value: string) => {
    if (value !== '') addText(top().nodes, value)
  }
  const unwind = (to: number) => {
    while (open.length > to) {
      const frame = open.pop()
      if (!frame) return
      addText(top().nodes, frame.mark)
      for (const node of frame.nodes) {
        if (node.kind === 'text') addText(top().nodes, node.text)
        else top().nodes.push(node)
      }
    }
  }
  return {
    text,
    node: (node) => top().nodes.push(node),
    mark(mark, kind, canOpen, canClose) {
      const at = open.findIndex((frame) => frame.mark === mark)
      if (canClose && at >= 0) {
        unwind(at + 1)
        const frame = open.pop()
        if (frame?.kind) top().nodes.push({ kind: frame.kind, children: frame.nodes })
      } else if (canOpen && at < 0 && open.length < MOST_NESTED) {
        open.push({ mark, kind, nodes: [] })
      } else text(mark)
    },
    end() {
      unwind(0)
      return root.nodes
    },
  }
}

/** Neighbouring texts become one. */
function addText(nodes: Inline[], text: string): void {
  const last = nodes.at(-1)
  if (last?.kind === 'text') nodes[nodes.length - 1] = textNode(last.text + text)
  else nodes.push(textNode(text))
}

/** What is written, without how: for tests, labels and what is read aloud. */
export function plainText(nodes: readonly (Inline | Block)[]): string {
  return nodes.map(plainTextOf).join('')
}

function plainTextOf(node: Inline | Block): string {
  if ('text' in node) return node.text
  if ('children' in node) return plainText(node.children)
  return node.kind === 'list' ? node.items.map(plainText).join('\n') : '\n'
}
