/** From a payload to the bytes of a body, and what the content type cannot carry of it. */
import type { ContentType, ConversionLoss, FormEncoding, JsonStyle } from '#contract'
import { AppError, assertNever } from '../errors.ts'
import { formPairs, serialisePairs } from './form.ts'
import { compactJson, type JsonNode, parseJsonText, prettyJson, prettyLength } from './json-text.ts'

export interface BodySpec {
  readonly contentType: ContentType
  readonly formEncoding: FormEncoding
  /** The field's name under the `payload` encoding. */
  readonly formField: string
  readonly jsonStyle: JsonStyle
}

export interface EncodedBody {
  readonly bytes: Uint8Array
  readonly losses: readonly ConversionLoss[]
}

/**
 * JSON bodies are UTF-8 without BOM, laid out token by token; form bodies are ASCII.
 * @param payloadText JSON
 * @throws AppError `invalid` when it is not JSON, or larger than 64 million characters laid out
 */
export function encodeBody(payloadText: string, spec: BodySpec): EncodedBody {
  const root = parseJsonText(payloadText)
  switch (spec.contentType) {
    case 'application/json': {
      const text = spec.jsonStyle === 'pretty' ? laidOut(root) : compactJson(root)
      return { bytes: Buffer.from(text, 'utf8'), losses: [] }
    }
    case 'application/x-www-form-urlencoded': {
      const { pairs, losses } = formPairs(root, spec.formEncoding, spec.formField)
      return { bytes: Buffer.from(serialisePairs(pairs), 'latin1'), losses }
    }
    default:
      return assertNever(spec.contentType)
  }
}

/** Deep nesting makes the layout hundreds of times as long as the JSON. */
const MOST_CHARACTERS = 64_000_000

function laidOut(root: JsonNode): string {
  if (prettyLength(root) <= MOST_CHARACTERS) return prettyJson(root)
  throw new AppError(
    'invalid',
    'Laid out, this payload is larger than 64 MB. Choose the compact style.',
  )
}
