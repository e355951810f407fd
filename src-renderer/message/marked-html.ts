/**
 * A tree of marked-up text as HTML, for the renderer of Adaptive Cards, which takes nothing else.
 * Every text and every attribute is escaped here, and no other tag than those below is ever written.
 */
import type { Block, Inline } from './marked-text.ts'

export function htmlOf(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join('')
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return `<p>${inlineHtml(block.children)}</p>`
    case 'fence':
      return `<pre>${escaped(block.text)}</pre>`
    case 'quote':
      return `<blockquote>${htmlOf(block.children)}</blockquote>`
    case 'list': {
      const items = block.items.map((item) => `<li>${htmlOf(item)}</li>`).join('')
      return block.start === null ? `<ul>${items}</ul>` : `<ol start="${block.start}">${items}</ol>`
    }
    case 'rule':
      return '<hr>'
  }
}

const TAGS = { strong: 'b', emphasis: 'i', strike: 's', underline: 'u' } as const

function inlineHtml(nodes: readonly Inline[]): string {
  return nodes.map(nodeHtml).join('')
}

function nodeHtml(node: Inline): string {
  switch (node.kind) {
    case 'text':
      return escaped(node.text)
    case 'mention':
      return `<span data-mention>${escaped(node.text)}</span>`
    case 'code':
      return `<code>${escaped(node.text)}</code>`
    case 'break':
      return '<br>'
    case 'link': {
      const url = escaped(node.url)
      const target = `data-url="${url}" aria-description="${url}"`
      return `<span role="link" tabindex="0" ${target}>${inlineHtml(node.children)}</span>`
    }
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'underline':
      return `<${TAGS[node.kind]}>${inlineHtml(node.children)}</${TAGS[node.kind]}>`
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
