/**
 * One value of a payload form. What is typed is written to the text as soon as it is a value of the
 * wanted kind; until then it stays in the field, with a word on what is missing.
 */
import {
  Button,
  type InputWrapperProps,
  NativeSelect,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core'
import { memo, type ReactNode, useId, useState } from 'react'
import { type JsonNode, readJson } from '../inspector/json-document.ts'
import type { SchemaField } from '../ui/json-schema.ts'
import { replaceNode } from './json-edit.ts'
import { type PayloadPath, usePayloadEdit } from './payload-edit.ts'
import classes from './payload-form.module.css'

interface PayloadInputProps {
  readonly label: string
  readonly field: SchemaField
  /** The kind of value that stands in the text. */
  readonly kind: JsonNode['kind']
  /** The value as it stands in the text. */
  readonly literal: string
  /** The path as JSON: a text compares equal from one drawing to the next. */
  readonly pathKey: string
  readonly remove: ReactNode
}

export const PayloadInput = memo(
  function PayloadInput({ label, field, kind, literal, pathKey, remove }: PayloadInputProps) {
    const edit = usePayloadEdit()
    const id = useId()
    const set = (next: string) =>
      edit(JSON.parse(pathKey) as PayloadPath, (text, node) => replaceNode(text, node, next))
    const control = { id, field, literal, set }
    return (
      <div className={classes.field}>
        <label htmlFor={id} className={classes.label}>
          {label}
        </label>
        <div className={classes.control}>
          <Control {...control} kind={kind} />
          {field.nullable && kind !== 'null' ? (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => set('null')}>
              Set null
            </Button>
          ) : null}
          {remove}
        </div>
      </div>
    )
  },
  (one, other) =>
    one.literal === other.literal &&
    one.pathKey === other.pathKey &&
    one.label === other.label &&
    one.kind === other.kind &&
    Boolean(one.remove) === Boolean(other.remove),
)

interface ControlProps {
  readonly id: string
  readonly field: SchemaField
  readonly literal: string
  readonly set: (literal: string) => void
}

function Control(props: ControlProps & { readonly kind: JsonNode['kind'] }) {
  const { field, kind } = props
  if (field.kind === 'boolean' && kind === 'boolean') return <FlagControl {...props} />
  if ((field.kind === 'integer' || field.kind === 'number') && kind === 'number') {
    return <NumberControl {...props} />
  }
  if (kind === 'string') {
    if (field.kind === 'choice') return <ChoiceControl {...props} />
    if (field.kind === 'dateTime') return <TimeControl {...props} />
    if (field.kind === 'text') return <TextControl {...props} />
  }
  return <JsonControl {...props} />
}

/** What all text-like fields share: their description and fault stand below them. */
function described({ description }: SchemaField) {
  return {
    size: 'xs',
    className: classes.grow,
    description: description || undefined,
    inputWrapperOrder: ['input', 'error', 'description'],
  } satisfies InputWrapperProps
}

function FlagControl({ id, field, literal, set }: ControlProps) {
  return (
    <Switch
      id={id}
      description={field.description}
      label={literal}
      checked={literal === 'true'}
      onChange={(event) => set(String(event.currentTarget.checked))}
    />
  )
}

function ChoiceControl({ id, field, literal, set }: ControlProps) {
  const value = textOf(literal)
  const known = field.choices.includes(value)
  return (
    <NativeSelect
      id={id}
      {...described(field)}
      value={value}
      data={
        known
          ? [...field.choices]
          : [{ value, label: `${value} (not a known value)` }, ...field.choices]
      }
      onChange={(event) => set(JSON.stringify(event.currentTarget.value))}
    />
  )
}

function TextControl({ id, field, literal, set }: ControlProps) {
  const value = textOf(literal)
  const shared = {
    id,
    ...described(field),
    value,
    spellCheck: false,
  } as const
  // Chosen once: a field that changed its kind while one types would lose the focus.
  const [isLong] = useState(value.length > 60 || value.includes('\n'))
  if (!isLong) {
    return (
      <TextInput {...shared} onChange={(event) => set(JSON.stringify(event.currentTarget.value))} />
    )
  }
  return (
    <Textarea
      {...shared}
      autosize
      maxRows={8}
      onChange={(event) => set(JSON.stringify(event.currentTarget.value))}
    />
  )
}

const LOCAL_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

function TimeControl({ id, field, literal, set }: ControlProps) {
  const value = textOf(literal)
  const at = Date.parse(value)
  return (
    <>
      <TextInput
        id={id}
        {...described(field)}
        value={value}
        spellCheck={false}
        title={Number.isNaN(at) ? undefined : `${LOCAL_TIME.format(at)}, your time`}
        error={Number.isNaN(at) ? 'A time looks like 2026-11-24T09:30:00.000Z.' : null}
        onChange={(event) => set(JSON.stringify(event.currentTarget.value))}
      />
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => set(JSON.stringify(new Date().toISOString()))}
      >
        Now
      </Button>
    </>
  )
}

function NumberControl(props: ControlProps) {
  const whole = props.field.kind === 'integer'
  const accepts = (text: string) => {
    const read = readJson(text)
    return read.ok && read.root.kind === 'number' && (!whole || Number.isInteger(Number(text)))
  }
  const wanted = whole ? 'A whole number is wanted.' : 'A number is wanted.'
  return <TypedControl {...props} accepts={accepts} wanted={wanted} numeric />
}

function JsonControl(props: ControlProps) {
  return (
    <TypedControl {...props} accepts={(text) => readJson(text).ok} wanted="It has to be JSON." />
  )
}

interface TypedControlProps extends ControlProps {
  readonly accepts: (text: string) => boolean
  readonly wanted: string
  readonly numeric?: boolean
}

/** Keeps what is typed while it is not yet a value; the text keeps the last one that was. */
function TypedControl({ id, field, literal, set, accepts, wanted, numeric }: TypedControlProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const value = typed ?? literal
  const fault = accepts(value.trim()) ? null : wanted
  return (
    <TextInput
      id={id}
      {...described(field)}
      classNames={{ input: classes.wire ?? '' }}
      inputMode={numeric ? 'decimal' : 'text'}
      spellCheck={false}
      value={value}
      error={fault}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        if (accepts(next.trim())) set(next.trim())
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

function textOf(literal: string): string {
  const value: unknown = JSON.parse(literal)
  return typeof value === 'string' ? value : ''
}
