/**
 * JSON as form fields, in the four ways that receivers know. Pairs are flattened here and serialised
 * by URLSearchParams, which is byte-exact for the WHATWG rule (url.spec.whatwg.org, urlencoded
 * serializing). Whatever a way cannot carry is listed as a loss.
 */
import type { ConversionLoss, FormEncoding } from '#contract'
import { AppError, assertNever } from '../errors.ts'
import {
  isNested,
  joined,
  listed,
  nameLosses,
  nestingLosses,
  rootLosses,
  scalarLosses,
} from './form-losses.ts'
import { compactJson, type JsonNode } from './json-text.ts'

export interface FormPairs {
  readonly pairs: readonly (readonly [name: string, value: string])[]
  readonly losses: readonly ConversionLoss[]
}

/** Far more than receivers read; many more take all memory, as do names of many levels. */
const MOST_FIELDS = 1_000_000
const MOST_NAME_CHARACTERS = 64_000_000
const TOO_MUCH =
  'A form of this payload would have more than a million fields, or names of more than 64 MB. Send it as JSON, or as the whole JSON in one field.'

/**
 * @param field the one field's name under `payload`; the others do not use it
 * @throws AppError `invalid` when it has too many leaves, or they lie too deep
 */
export function formPairs(root: JsonNode, encoding: FormEncoding, field: string): FormPairs {
  switch (encoding) {
    case 'payload':
      return { pairs: [[field, compactJson(root)]], losses: [] }
    case 'flat':
      return flatPairs(root)
    case 'brackets':
    case 'indices':
      return leafPairs(root, encoding)
    default:
      return assertNever(encoding)
  }
}

export function serialisePairs(pairs: FormPairs['pairs']): string {
  const params = new URLSearchParams()
  for (const [name, value] of pairs) params.append(name, value)
  return params.toString()
}

function flatPairs(root: JsonNode): FormPairs {
  const children = childrenOf(root)
  if (children.length > MOST_FIELDS) throw new AppError('invalid', TOO_MUCH)
  const pairs = children.map(([key, node]): [string, string] => [
    key,
    isNested(node) ? compactJson(node) : scalarText(node),
  ])
  const losses = [
    ...rootLosses(root, pairs.length),
    ...namesIn('', root),
    ...children.flatMap(([key, node]) =>
      isNested(node)
        ? [{ path: key, note: 'arrives as JSON text, for the receiver to parse' }]
        : scalarLosses(key, node),
    ),
  ]
  return { pairs, losses: listed(losses) }
}

function leafPairs(root: JsonNode, encoding: 'brackets' | 'indices'): FormPairs {
  const pairs: [string, string][] = []
  const losses: ConversionLoss[] = namesIn('', root)
  let nameCharacters = 0

  function lose(some: readonly ConversionLoss[]) {
    for (const loss of some) losses.push(loss)
  }

  function visit(node: JsonNode, name: string, path: string, depth: number) {
    if (!isNested(node)) {
      nameCharacters += name.length
      if (nameCharacters > MOST_NAME_CHARACTERS || pairs.length === MOST_FIELDS) {
        throw new AppError('invalid', TOO_MUCH)
      }
      pairs.push([name, scalarText(node)])
      lose(scalarLosses(path, node))
      return
    }
    lose(nestingLosses(path, node, depth, encoding))
    lose(namesIn(path, node))
    for (const [key, child] of childrenOf(node)) {
      const inBrackets = node.kind === 'array' && encoding === 'brackets' ? '' : key
      visit(child, `${name}[${inBrackets}]`, joined(path, key), depth + 1)
    }
  }

  for (const [key, node] of childrenOf(root)) visit(node, key, key, 0)
  return { pairs, losses: listed([...rootLosses(root, pairs.length), ...losses]) }
}

function namesIn(path: string, node: JsonNode): ConversionLoss[] {
  return node.kind === 'object'
    ? nameLosses(
        path,
        node.members.map(({ key }) => key),
      )
    : []
}

function childrenOf(node: JsonNode): [key: string, value: JsonNode][] {
  if (node.kind === 'object') return node.members.map(({ key, value }) => [key, value])
  if (node.kind === 'array') return node.items.map((item, index) => [String(index), item])
  return []
}

function scalarText(node: JsonNode): string {
  if (node.kind === 'string') return node.text
  return node.kind === 'number' || node.kind === 'boolean' ? node.raw : ''
}
