/**
 * The groups of a payload form: an object's members as a fieldset, an array's items with ways to
 * add and remove them. Optional members that are absent are offered at the end of their group.
 */
import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { JsonArray, JsonNode, JsonObject } from '../inspector/json-document.ts'
import {
  blankOf,
  fieldOf,
  type JsonSchema,
  labelOf,
  type SchemaField,
  type SchemaMember,
} from '../ui/json-schema.ts'
import { addMember, appendItem, removePart } from './json-edit.ts'
import { type PayloadPath, usePayloadEdit } from './payload-edit.ts'
import classes from './payload-form.module.css'
import { PayloadInput } from './payload-input.tsx'

/** Items of an array before "show more". */
const SHOWN_ITEMS = 30

interface PlaceProps {
  readonly text: string
  readonly path: PayloadPath
  readonly root: JsonSchema
}

interface MemberListProps extends PlaceProps {
  readonly node: JsonObject
  readonly field: SchemaField
}

/** The members of an object, in the order of the text. */
export function MemberList({ text, node, field, path, root }: MemberListProps) {
  const edit = usePayloadEdit()
  const absent = field.members.filter(({ name }) => !node.members.some((m) => m.name === name))
  const add = (member: SchemaMember) => {
    const names = field.members.map(({ name }) => name)
    const earlier = names.slice(0, names.indexOf(member.name))
    edit(path, (source, at) =>
      at.kind === 'object'
        ? addMember(source, at, member.name, blankOf(member.schema, root), earlier)
        : source,
    )
  }
  return (
    <>
      {node.members.map((member, index) => {
        const known = field.members.find(({ name }) => name === member.name)
        return (
          <Place
            key={member.name + String(index)}
            text={text}
            node={member.value}
            path={[...path, member.name]}
            root={root}
            schema={known?.schema ?? UNKNOWN}
            label={labelOf(member.name)}
            remove={known?.required ? null : { of: path, index }}
          />
        )
      })}
      {absent.length > 0 ? (
        <div className={classes.absent}>
          {absent.map((member) => (
            <Button
              key={member.name}
              size="compact-xs"
              variant="default"
              leftSection={<IconPlus size={12} aria-hidden />}
              onClick={() => add(member)}
              title={fieldOf(member.schema, root).description}
            >
              {labelOf(member.name)}
              {member.required ? ' (missing)' : ''}
            </Button>
          ))}
        </div>
      ) : null}
    </>
  )
}

const UNKNOWN: JsonSchema = { description: 'The schema does not know this member.' }

/** Where a part is taken out: the container's path, and the part's place in it. */
interface Removal {
  readonly of: PayloadPath
  readonly index: number
}

interface PlaceOfNodeProps extends PlaceProps {
  readonly node: JsonNode
  readonly schema: JsonSchema
  readonly label: string
  readonly remove: Removal | null
}

function Place({ text, node, path, root, schema, label, remove }: PlaceOfNodeProps) {
  const edit = usePayloadEdit()
  const field = fieldOf(schema, root)
  const button = remove ? (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={`Remove ${label}`}
      title={`Remove ${label}`}
      onClick={() =>
        edit(remove.of, (source, at) =>
          at.kind === 'object' || at.kind === 'array'
            ? removePart(source, at, remove.index)
            : source,
        )
      }
    >
      <IconX size={14} aria-hidden />
    </ActionIcon>
  ) : null
  const group = { label, field, remove: button, depth: path.length }
  if (node.kind === 'object' && field.kind === 'object') {
    return (
      <Group {...group} gist={gistOf(node)}>
        <MemberList text={text} node={node} field={field} path={path} root={root} />
      </Group>
    )
  }
  if (node.kind === 'array' && field.kind === 'array') {
    return (
      <Group {...group} gist={countOf(node)}>
        <ItemList text={text} node={node} path={path} root={root} items={field.items ?? UNKNOWN} />
      </Group>
    )
  }
  return (
    <PayloadInput
      label={label}
      field={field}
      kind={node.kind}
      literal={text.slice(node.start, node.end)}
      pathKey={JSON.stringify(path)}
      remove={button}
    />
  )
}

interface ItemListProps extends PlaceProps {
  readonly node: JsonArray
  readonly items: JsonSchema
}

function ItemList({ text, node, path, root, items }: ItemListProps) {
  const edit = usePayloadEdit()
  const [shown, setShown] = useState(SHOWN_ITEMS)
  return (
    <>
      {placed(node)
        .slice(0, shown)
        .map(({ item, index }) => (
          <Place
            key={index}
            text={text}
            node={item}
            path={[...path, index]}
            root={root}
            schema={items}
            label={`${labelOf(String(path.at(-1) ?? 'Item'))} ${index + 1}`}
            remove={{ of: path, index }}
          />
        ))}
      <div className={classes.absent}>
        {node.items.length > shown ? (
          <Button size="compact-xs" variant="subtle" onClick={() => setShown(node.items.length)}>
            Show {node.items.length - shown} more
          </Button>
        ) : null}
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() =>
            edit(path, (source, at) =>
              at.kind === 'array' ? appendItem(source, at, blankOf(items, root)) : source,
            )
          }
        >
          Add an item
        </Button>
      </div>
    </>
  )
}

interface GroupProps {
  readonly label: string
  readonly field: SchemaField
  readonly gist: string
  readonly remove: React.ReactNode
  readonly depth: number
  readonly children: React.ReactNode
}

function Group({ label, field, gist, remove, depth, children }: GroupProps) {
  const [open, setOpen] = useState(depth < 3)
  return (
    <div className={classes.group}>
      <details
        open={open}
        onToggle={(event) => {
          if (event.target === event.currentTarget) setOpen(event.currentTarget.open)
        }}
      >
        <summary className={classes.summary}>
          <span className={classes.legend}>{label}</span>
          <span className={classes.hint}>{open ? field.description : gist}</span>
        </summary>
        {open ? (
          <fieldset className={classes.members} aria-label={label}>
            {children}
          </fieldset>
        ) : null}
      </details>
      {remove ? <div className={classes.removeGroup}>{remove}</div> : null}
    </div>
  )
}

/** The first two texts within, ids apart: enough to tell one item from the next. */
function gistOf(node: JsonObject): string {
  return textsOf(node).slice(0, 2).join(' ')
}

function textsOf(node: JsonObject): string[] {
  return node.members.flatMap(({ name, value }) => {
    if (value.kind === 'object') return textsOf(value)
    return value.kind === 'string' && name !== 'id' ? [value.value] : []
  })
}

/** An item is known by its place alone. */
function placed(node: JsonArray): readonly { item: JsonNode; index: number }[] {
  return node.items.map((item, index) => ({ item, index }))
}

function countOf(node: JsonArray): string {
  return node.items.length === 1 ? '1 item' : `${node.items.length} items`
}
