/**
 * JSON as form fields, in the four ways that receivers know. Pairs are flattened here and serialised
 * by URLSearchParams, which is byte-exact for the WHATWG rule (url.spec.whatwg.org, urlencoded
 * serializing). Whatever a way cannot carry is listed as a loss.
 */
import type { ConversionLoss, FormEncoding } from '#contract'
import { assertNever } from '../errors.ts'
import { compactJson, type JsonNode } from './json-text.ts'

export interface FormPairs {
  readonly pairs: readonly (readonly [name: string, value: string])[]
  readonly losses: readonly ConversionLoss[]
}

/** @param field the one field's name under `payload`; the others do not use it */
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
  const losses: ConversionLoss[] = []
  const pairs = membersOf(root).map(([key, node]): [string, string] => {
    losses.push(...scalarLoss(key, node))
    return [key, isNested(node) ? compactJson(node) : scalarText(node)]
  })
  return { pairs, losses: [...losses, ...rootLoss(root)] }
}

function leafPairs(root: JsonNode, encoding: 'brackets' | 'indices'): FormPairs {
  const pairs: [string, string][] = []
  const losses: ConversionLoss[] = [...rootLoss(root)]

  function visit(node: JsonNode, name: string, path: string) {
    if (!isNested(node)) {
      pairs.push([name, scalarText(node)])
      losses.push(...scalarLoss(path, node))
      return
    }
    const children = membersOf(node)
    if (children.length === 0) {
      const what = node.kind === 'array' ? 'an empty list' : 'an empty object'
      losses.push({ path, note: `${what} has no field, so it vanishes` })
    }
    if (encoding === 'brackets' && node.kind === 'array' && node.items.some(isNested)) {
      losses.push({
        path,
        note: 'items of this list can run together or apart: [] does not number them',
      })
    }
    for (const [key, child] of children) {
      const inBrackets = node.kind === 'array' && encoding === 'brackets' ? '' : key
      losses.push(...keyLoss(`${path}.${key}`, key))
      visit(child, `${name}[${inBrackets}]`, `${path}.${key}`)
    }
  }

  for (const [key, node] of membersOf(root)) {
    losses.push(...keyLoss(key, key))
    visit(node, key, key)
  }
  return { pairs, losses }
}

function membersOf(node: JsonNode): [key: string, value: JsonNode][] {
  if (node.kind === 'object') return node.members.map(({ key, value }) => [key, value])
  if (node.kind === 'array') return node.items.map((item, index) => [String(index), item])
  return []
}

function isNested(node: JsonNode): boolean {
  return node.kind === 'object' || node.kind === 'array'
}

function scalarText(node: JsonNode): string {
  if (node.kind === 'string') return node.text
  return node.kind === 'number' || node.kind === 'boolean' ? node.raw : ''
}

function scalarLoss(path: string, node: JsonNode): ConversionLoss[] {
  if (node.kind === 'number') return [{ path, note: `the number ${node.raw} becomes text` }]
  if (node.kind === 'boolean') return [{ path, note: `${node.raw} becomes text` }]
  if (node.kind === 'null') return [{ path, note: 'null becomes an empty text' }]
  return []
}

function keyLoss(path: string, key: string): ConversionLoss[] {
  if (key === '') return [{ path, note: 'a member without a name reads as a list item' }]
  return /[[\]]/.test(key) ? [{ path, note: 'the brackets in its name read as nesting' }] : []
}

function rootLoss(root: JsonNode): ConversionLoss[] {
  if (root.kind === 'object' && root.members.length > 0) return []
  const note =
    root.kind === 'object' ? 'an empty object has no fields' : 'only an object has fields'
  return root.kind === 'array' && root.items.length > 0
    ? [{ path: '', note: 'the list becomes numbered fields' }]
    : [{ path: '', note }]
}
