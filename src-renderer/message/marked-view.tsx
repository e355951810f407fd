/** Draws a tree of marked-up text. Links do not open: they say where they would lead. */
import { Fragment } from 'react'
import type { Block, Inline } from './marked-text.ts'
import classes from './marked-view.module.css'

export function BlocksView({ blocks }: { readonly blocks: readonly Block[] }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the tree is drawn as a whole
    <BlockView key={index} block={block} />
  ))
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className={classes.paragraph}>
          <InlineView nodes={block.children} />
        </p>
      )
    case 'heading':
      return <HeadingView level={block.level} nodes={block.children} />
    case 'fence':
      return <pre className={classes.fence}>{block.text}</pre>
    case 'quote':
      return (
        <blockquote className={classes.quote}>
          <BlocksView blocks={block.children} />
        </blockquote>
      )
    case 'list':
      return <ListView start={block.start} items={block.items} />
    case 'rule':
      return <hr className={classes.rule} />
  }
}

const HEADINGS = ['h4', 'h5', 'h6'] as const

function HeadingView({ level, nodes }: { level: number; nodes: readonly Inline[] }) {
  const Tag = HEADINGS[level - 1] ?? 'h6'
  return (
    <Tag className={classes.heading} data-level={level}>
      <InlineView nodes={nodes} />
    </Tag>
  )
}

interface ListViewProps {
  readonly start: number | null
  readonly items: readonly (readonly Block[])[]
}

function ListView({ start, items }: ListViewProps) {
  const rows = items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the tree is drawn as a whole
    <li key={index}>
      <BlocksView blocks={item} />
    </li>
  ))
  if (start === null) return <ul className={classes.list}>{rows}</ul>
  return (
    <ol className={classes.list} start={start}>
      {rows}
    </ol>
  )
}

export function InlineView({ nodes }: { readonly nodes: readonly Inline[] }) {
  return nodes.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the tree is drawn as a whole
    <Fragment key={index}>{drawn(node)}</Fragment>
  ))
}

function drawn(node: Inline): React.ReactNode {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'break':
      return <br />
    case 'code':
      return <code className={classes.code}>{node.text}</code>
    case 'mention':
      return <span className={classes.mention}>{node.text}</span>
    case 'link':
      return (
        <ShownLink url={node.url}>
          <InlineView nodes={node.children} />
        </ShownLink>
      )
    case 'strong':
      return <Children of="b" nodes={node.children} />
    case 'emphasis':
      return <Children of="i" nodes={node.children} />
    case 'strike':
      return <Children of="s" nodes={node.children} />
    case 'underline':
      return <Children of="u" nodes={node.children} />
  }
}

function Children({ of: Tag, nodes }: { of: 'b' | 'i' | 's' | 'u'; nodes: readonly Inline[] }) {
  return (
    <Tag>
      <InlineView nodes={nodes} />
    </Tag>
  )
}

interface ShownLinkProps {
  readonly url: string
  readonly children: React.ReactNode
}

/** A link of the message. The preview reads `data-url` when it is pointed at or focused. */
function ShownLink({ url, children }: ShownLinkProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: an anchor could be opened; nothing here may leave the app
    <span className={classes.link} role="link" tabIndex={0} data-url={url} aria-description={url}>
      {children}
    </span>
  )
}
