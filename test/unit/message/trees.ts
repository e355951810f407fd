/** Trees of marked-up text on one line, and what properties of them are checked. */
import type { Block, Inline } from '../../../src-renderer/message/marked-text.ts'

type Node = Block | Inline

/** `a [strong b] {code} <label → url> @(name) / next line`, blocks parted by ` | `. */
export function outline(blocks: readonly Block[]): string {
  return blocks.map(blockOutline).join(' | ')
}

function blockOutline(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return inlineOutline(block.children)
    case 'heading':
      return `h${block.level}(${inlineOutline(block.children)})`
    case 'fence':
      return `fence(${block.text})`
    case 'quote':
      return `quote(${outline(block.children)})`
    case 'list': {
      const items = block.items.map((item) => `(${outline(item)})`).join('')
      return `${block.start === null ? 'ul' : `ol${block.start}`}${items}`
    }
    case 'rule':
      return 'rule'
  }
}

function inlineOutline(nodes: readonly Inline[]): string {
  return nodes
    .map((node): string => {
      if (node.kind === 'text') return node.text
      if (node.kind === 'code') return `{${node.text}}`
      if (node.kind === 'mention') return `@(${node.text})`
      if (node.kind === 'break') return ' / '
      if (node.kind === 'link') return `<${inlineOutline(node.children)} → ${node.url}>`
      if ('children' in node) return `[${node.kind} ${inlineOutline(node.children)}]`
      return node.text
    })
    .join('')
}

function childrenOf(node: Node): readonly Node[] {
  if (node.kind === 'list') return node.items.flat()
  return 'children' in node ? node.children : []
}

export function depthOf(nodes: readonly Node[]): number {
  let depth = 0
  for (const node of nodes) depth = Math.max(depth, 1 + depthOf(childrenOf(node)))
  return depth
}

export function linksOf(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => [
    ...(node.kind === 'link' ? [node.url] : []),
    ...linksOf(childrenOf(node)),
  ])
}

/** Whether the signs of the words stand in the text, in this order. */
export function isWithin(words: string, text: string): boolean {
  const from = [...text]
  let at = 0
  for (const sign of words.replaceAll(/\s/g, '')) {
    at = from.indexOf(sign, at) + 1
    if (at === 0) return false
  }
  return true
}
