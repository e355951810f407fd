/**
 * Which event a recorded body is: the JSON it carries, however it was encoded, and the event that
 * its envelope names. No token of the JSON is changed; only a form's fields have to be put together.
 */
import {
  type ContentType,
  type EventMapping,
  type EventName,
  eventNameSchema,
  type FormEncoding,
} from '#contract'
import {
  decodeContent,
  hasMoreFields,
  headerValue,
  type JsonNode,
  type ReadHead,
  searchParams,
  tryParseJson,
} from '../encode/index.ts'
import { AppError } from '../errors.ts'
import { formAsJson } from './form-tree.ts'

export interface RecognisedBody {
  /** Null when it does not say. */
  readonly event: EventName | null
  /** JSON, as it was written. */
  readonly text: string
  readonly isObject: boolean
  readonly notes: readonly string[]
  /** How a webhook would have to encode it to send it like this. */
  readonly encoding: {
    readonly contentType: ContentType
    readonly formEncoding: FormEncoding
    readonly formField: string
  }
}

/** More take long to be put together, while nothing else goes on. */
const MOST_FORM_BYTES = 2 * 1024 * 1024
const MOST_FIELDS = 20_000
const LARGE_FORM =
  'It is a form of more than 2 MB or 20,000 fields, which are not put together to JSON.'
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i
const AS_JSON = {
  contentType: 'application/json',
  formEncoding: 'payload',
  formField: 'payload',
} as const
const ALL_TEXT =
  'The form’s fields were put together to JSON. What they hold is text: whether a value was a number, true or null is not in a form.'

/** @throws AppError `invalid` when there is no JSON in it, in words */
export function recogniseBody(head: ReadHead, body: Uint8Array): RecognisedBody {
  if (body.length === 0) throw refusal('The body is empty.')
  const { bytes, note } = decodeContent(body, head.headers)
  if (bytes === null) throw refusal(note ?? 'The body cannot be decompressed.')
  const text = utf8(bytes)
  if (text === null) throw refusal('The body is not UTF-8 text.')
  const isForm = FORM_TYPE.test(headerValue(head, 'content-type') ?? '') && !tryParseJson(text)
  if (!isForm) return ofJson(text, AS_JSON, [])
  if (bytes.length > MOST_FORM_BYTES || hasMoreFields(text, MOST_FIELDS)) throw refusal(LARGE_FORM)
  return ofForm([...searchParams(text)])
}

/** JSON text of the payload that the user's mapping makes of a body. */
export function mapped(
  body: Pick<RecognisedBody, 'text' | 'isObject'>,
  { event, place }: EventMapping,
): string {
  if (place === 'data' || !body.isObject) {
    return `{"type":${JSON.stringify(event)},"data":${body.text}}`
  }
  return body.text
}

function ofForm(fields: readonly (readonly [name: string, value: string])[]): RecognisedBody {
  const contentType = 'application/x-www-form-urlencoded'
  const whole = wholeField(fields)
  if (whole) {
    const [formField, value] = whole
    const others = fields.length - 1
    return ofJson(value, { contentType, formEncoding: 'payload', formField }, [
      `The event is what the form’s field “${formField}” holds.`,
      ...(others > 0
        ? [`${others === 1 ? 'One other field' : `${others} other fields`} left out.`]
        : []),
    ])
  }
  const names = fields.map(([name]) => name)
  const formEncoding = names.some((name) => /\[\d+\]/.test(name))
    ? 'indices'
    : names.some((name) => name.includes('['))
      ? 'brackets'
      : 'flat'
  return ofJson(formAsJson(fields), { contentType, formEncoding, formField: 'payload' }, [ALL_TEXT])
}

/** The field that carries all of the JSON: one that is an event, is called `payload`, or is alone. */
function wholeField(fields: readonly (readonly [name: string, value: string])[]) {
  const objects = fields
    .filter(([, value]) => value.trimStart().startsWith('{'))
    .map((field) => ({ field, root: tryParseJson(field[1]) }))
    .filter(({ root }) => root?.kind === 'object')
  const whole =
    objects.find(({ root }) => eventIn(root) !== null) ??
    objects.find(({ field: [name] }) => name === 'payload') ??
    (fields.length === 1 ? objects[0] : undefined)
  return whole?.field
}

function ofJson(
  typed: string,
  encoding: RecognisedBody['encoding'],
  notes: readonly string[],
): RecognisedBody {
  const text = typed.replace(/^\ufeff/, '')
  const root = tryParseJson(text)
  if (!root) throw refusal('The body is neither JSON nor a form.')
  const hadMark = text !== typed ? ['The byte order mark at its start was left out.'] : []
  return {
    event: eventIn(root),
    text,
    isObject: root.kind === 'object',
    notes: [...notes, ...hadMark],
    encoding,
  }
}

/** The event that an envelope names. */
function eventIn(root: JsonNode | null): EventName | null {
  if (root?.kind !== 'object') return null
  const type = root.members.findLast(({ key }) => key === 'type')?.value
  return type?.kind === 'string' ? (eventNameSchema.safeParse(type.text).data ?? null) : null
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function refusal(why: string): AppError {
  return new AppError('invalid', `No event can be made of this request. ${why}`)
}
