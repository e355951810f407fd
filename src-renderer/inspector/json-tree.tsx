/**
 * A JSON text as a tree that folds. Numbers, key order and duplicate keys are shown as written.
 * Branches are built when they are opened and long ones in steps, so that large texts stay quick.
 */
import { UnstyledButton } from '@mantine/core'
import { useMemo, useState } from 'react'
import { type JsonArray, type JsonNode, type JsonObject, readJson } from './json-document.ts'
import classes from './json-tree.module.css'

/** Members shown before "show more". */
const STEP = 200
/** Opened at first: the top levels, if they are not long. */
const OPEN_DEPTH = 2
const OPEN_PARTS = 40

interface JsonTreeProps {
  readonly text: string
  /** What the tree is of, for screen readers. */
  readonly label: string
}

export function JsonTree({ text, label }: JsonTreeProps) {
  const document = useMemo(() => readJson(text), [text])
  if (!document.ok) return <pre className={classes.tree}>{text}</pre>
  return (
    <section className={classes.tree} aria-label={label}>
      <Branch text={text} node={document.root} depth={0} />
    </section>
  )
}

interface BranchProps {
  readonly text: string
  readonly node: JsonNode
  readonly name?: string
  readonly depth: number
}

function Branch({ text, node, name, depth }: BranchProps) {
  const size = partsOf(node).length
  const [open, setOpen] = useState(depth < OPEN_DEPTH && size <= OPEN_PARTS)
  const key = name === undefined ? null : <span className={classes.name}>{name}: </span>
  if (size === 0 || node.kind === 'string') {
    return (
      <div className={classes.leaf}>
        {key}
        <Leaf text={text} node={node} />
      </div>
    )
  }
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>
        {key}
        <span className={classes.gist}>{gistOf(node)}</span>
      </summary>
      {open ? <Parts text={text} node={node} depth={depth} /> : null}
    </details>
  )
}

function Parts({ text, node, depth }: Omit<BranchProps, 'name'>) {
  const [shown, setShown] = useState(STEP)
  const parts = partsOf(node)
  return (
    <div className={classes.parts}>
      {parts.slice(0, shown).map((part) => (
        <Branch
          key={part.node.start}
          text={text}
          node={part.node}
          name={part.name}
          depth={depth + 1}
        />
      ))}
      {parts.length > shown ? (
        <UnstyledButton className={classes.more} onClick={() => setShown(shown + 5 * STEP)}>
          Show more ({parts.length - shown} left)
        </UnstyledButton>
      ) : null}
    </div>
  )
}

function Leaf({ text, node }: { readonly text: string; readonly node: JsonNode }) {
  return <span className={classes[node.kind]}>{text.slice(node.start, node.end)}</span>
}

interface Part {
  readonly name: string
  readonly node: JsonNode
}

function partsOf(node: JsonNode): readonly Part[] {
  if (node.kind === 'object') return node.members.map(({ name, value }) => ({ name, node: value }))
  if (node.kind === 'array') return node.items.map((item, at) => ({ name: String(at), node: item }))
  return []
}

function gistOf(node: JsonNode): string {
  return node.kind === 'array'
    ? gistOfArray(node)
    : node.kind === 'object'
      ? gistOfObject(node)
      : ''
}

function gistOfArray(node: JsonArray): string {
  return `[ ${node.items.length} ${node.items.length === 1 ? 'item' : 'items'} ]`
}

function gistOfObject(node: JsonObject): string {
  const names = node.members.slice(0, 6).map((member) => member.name)
  return `{ ${names.join(', ')}${node.members.length > 6 ? ', …' : ''} }`
}
