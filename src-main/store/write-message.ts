/**
 * How a group of writes crosses to the thread that commits it: the values of all of them in one flat
 * list, as JSON, which takes half of what a structured clone does, and their bytes in one buffer that
 * changes hands. Texts of some length are bytes, too, where each character is one: most of them are
 * JSON, which would be escaped and read again.
 */

export type WriteValue = string | number | null | Uint8Array

/** A statement, by its place among those that the thread was told, and what it is given. */
export interface Write {
  readonly statement: number
  readonly values: readonly WriteValue[]
}

/** Writes that are committed together or not at all. */
export type Entry = readonly Write[]

export interface WriteGroup {
  /** SQL of statements that the thread was not told before. */
  readonly newStatements: readonly string[]
  /**
   * JSON, a `Place[]`: of each entry the count of its writes; of each write its statement, the count of
   * its values, and these.
   */
  readonly list: string
  /** How long each piece of the bytes is, texts among them. */
  readonly lengths: readonly number[]
  readonly bytes: ArrayBuffer
}

/** A value; true in place of bytes, false in place of a text that is among them. */
type Place = string | number | null | boolean

/** From this length on a text is among the bytes. */
const LONG_TEXT = 32

/** Why an entry could not be written. */
export interface Refusal {
  /** Its place in the group. */
  readonly index: number
  readonly message: string
  /** SQLite's, or empty. */
  readonly code: string
}

export function pack(entries: readonly Entry[], newStatements: readonly string[]): WriteGroup {
  const list: Place[] = []
  const lengths: number[] = []
  const pieces: (Uint8Array | string)[] = []
  let size = 0

  function addPiece(piece: Uint8Array | string) {
    list.push(typeof piece !== 'string')
    lengths.push(piece.length)
    pieces.push(piece)
    size += piece.length
  }

  for (const entry of entries) {
    list.push(entry.length)
    for (const { statement, values } of entry) {
      list.push(statement, values.length)
      for (const value of values) {
        if (isPiece(value)) addPiece(value)
        else list.push(value)
      }
    }
  }
  const bytes = Buffer.from(new ArrayBuffer(size))
  let at = 0
  for (const piece of pieces) {
    if (typeof piece === 'string') bytes.write(piece, at, 'latin1')
    else bytes.set(piece, at)
    at += piece.length
  }
  return { newStatements, list: JSON.stringify(list), lengths, bytes: bytes.buffer }
}

function isPiece(value: WriteValue): value is Uint8Array | string {
  if (typeof value !== 'string') return typeof value === 'object' && value !== null
  return value.length >= LONG_TEXT && Buffer.byteLength(value) === value.length
}

export function unpack({ list: json, lengths, bytes }: WriteGroup): Entry[] {
  const list = JSON.parse(json) as Place[]
  const all = Buffer.from(bytes)
  const entries: Entry[] = []
  let at = 0
  let piece = 0
  let from = 0

  function nextPiece(isText: boolean): Uint8Array | string {
    const to = from + (lengths[piece] ?? 0)
    const value = isText ? all.toString('latin1', from, to) : all.subarray(from, to)
    piece += 1
    from = to
    return value
  }

  function nextWrite(): Write {
    const [statement, count] = [Number(list[at]), Number(list[at + 1])]
    at += 2
    const values: WriteValue[] = []
    for (const end = at + count; at < end; at++) {
      const value = list[at] ?? null
      values.push(typeof value === 'boolean' ? nextPiece(!value) : value)
    }
    return { statement, values }
  }

  while (at < list.length) {
    const writes: Write[] = []
    const count = Number(list[at])
    at += 1
    for (let i = 0; i < count; i++) writes.push(nextWrite())
    entries.push(writes)
  }
  return entries
}
