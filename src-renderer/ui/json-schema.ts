/**
 * What the form and the completion need to know of an event's JSON Schema (draft 2020-12 as zod
 * writes it): which kind of field a place is, what it is called, which members it has, and the
 * smallest value that may stand there. Understands $ref within the document and nullable unions.
 */
/** A JSON value as a form makes it; numbers may be given as their own text. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue }

export type JsonSchema = Readonly<Record<string, unknown>>

export interface SchemaField {
  readonly kind: FieldKind
  readonly description: string
  readonly nullable: boolean
  /** The values of an `enum` or `const`. */
  readonly choices: readonly string[]
  /** Members of an object, in the schema's order. */
  readonly members: readonly SchemaMember[]
  /** What an array holds. */
  readonly items: JsonSchema | null
  readonly minimum: number | null
  readonly maximum: number | null
}

export interface SchemaMember {
  readonly name: string
  readonly required: boolean
  readonly schema: JsonSchema
}

export type FieldKind =
  | 'object'
  | 'array'
  | 'choice'
  | 'text'
  | 'dateTime'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'any'

const SAFE = Number.MAX_SAFE_INTEGER

/** Reads one place of the schema; `root` resolves its references. */
export function fieldOf(schema: JsonSchema, root: JsonSchema): SchemaField {
  const { own, nullable } = withoutNull(resolve(schema, root), root)
  const description = textOf(schema.description) || textOf(own.description)
  return {
    kind: kindOf(own),
    description,
    nullable,
    choices: choicesOf(own),
    members: membersOf(own),
    items: asSchema(own.items),
    minimum: boundOf(own.minimum),
    maximum: boundOf(own.maximum),
  }
}

/** The smallest value that fits: required members only, the first choice, empty texts. */
export function blankOf(schema: JsonSchema, root: JsonSchema, depth = 0): JsonValue {
  const field = fieldOf(schema, root)
  switch (field.kind) {
    case 'object':
      return depth > 8
        ? {}
        : Object.fromEntries(
            field.members
              .filter((member) => member.required)
              .map((member) => [member.name, blankOf(member.schema, root, depth + 1)]),
          )
    case 'array':
      return []
    case 'choice':
      return field.choices[0] ?? ''
    case 'text':
      return ''
    case 'dateTime':
      return new Date().toISOString()
    case 'integer':
    case 'number':
      return Math.max(0, field.minimum ?? 0)
    case 'boolean':
      return false
    case 'any':
      return null
  }
}

/** The schema at a path of member names and item indices; null where it says nothing. */
export function schemaAt(root: JsonSchema, path: readonly (string | number)[]): JsonSchema | null {
  let schema: JsonSchema | null = root
  for (const step of path) {
    if (schema === null) return null
    const field: SchemaField = fieldOf(schema, root)
    schema =
      typeof step === 'number'
        ? field.items
        : (field.members.find((member) => member.name === step)?.schema ?? null)
  }
  return schema
}

/** `firstName` as a label: `First name`. */
export function labelOf(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase()
  const label = words.charAt(0).toUpperCase() + words.slice(1)
  return label.replace(/\b(id|url)\b/gi, (word) => word.toUpperCase())
}

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let current = schema
  for (let hops = 0; hops < 16; hops += 1) {
    const ref = current.$ref
    if (typeof ref !== 'string' || !ref.startsWith('#')) return current
    let target: unknown = root
    for (const step of ref.slice(1).split('/').filter(Boolean)) {
      target = asSchema(target)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')]
    }
    const next = asSchema(target)
    if (!next) return current
    current = next
  }
  return current
}

function withoutNull(schema: JsonSchema, root: JsonSchema): { own: JsonSchema; nullable: boolean } {
  const { type } = schema
  if (Array.isArray(type) && type.includes('null')) {
    const others = type.filter((name) => name !== 'null')
    return { own: { ...schema, type: others.length === 1 ? others[0] : others }, nullable: true }
  }
  const union = Array.isArray(schema.anyOf) ? schema.anyOf : []
  const others = union.map(asSchema).filter((part) => part !== null && part.type !== 'null')
  const [only] = others
  if (others.length === 1 && only) {
    return { own: resolve(only, root), nullable: union.length > others.length }
  }
  return { own: schema, nullable: false }
}

function kindOf(schema: JsonSchema): FieldKind {
  if (choicesOf(schema).length > 0) return 'choice'
  switch (schema.type) {
    case 'object':
      return 'object'
    case 'array':
      return 'array'
    case 'string':
      return schema.format === 'date-time' ? 'dateTime' : 'text'
    case 'integer':
    case 'number':
    case 'boolean':
      return schema.type
    default:
      return 'any'
  }
}

function choicesOf(schema: JsonSchema): readonly string[] {
  const { const: only, enum: several } = schema
  if (typeof only === 'string') return [only]
  if (!Array.isArray(several)) return []
  return several.every((value) => typeof value === 'string') ? several : []
}

function membersOf(schema: JsonSchema): readonly SchemaMember[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(asSchema(schema.properties) ?? {}).flatMap(([name, value]) => {
    const member = asSchema(value)
    return member ? [{ name, required: required.includes(name), schema: member }] : []
  })
}

function boundOf(value: unknown): number | null {
  return typeof value === 'number' && Math.abs(value) < SAFE ? value : null
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function asSchema(value: unknown): JsonSchema | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonSchema)
    : null
}
