/**
 * How a group of writes crosses to the thread that commits it: the values of all of them in one flat
 * list, as JSON, which takes half of what a structured clone does, and their bytes in one buffer that
 * changes hands.
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
  /** How long each piece of the bytes is. */
  readonly lengths: readonly number[]
  readonly bytes: ArrayBuffer
}

/** A value; true in place of bytes. */
type Place = string | number | null | true

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
  const pieces: Uint8Array[] = []
  let size = 0
  for (const entry of entries) {
    list.push(entry.length)
    for (const { statement, values } of entry) {
      list.push(statement, values.length)
      for (const value of values) {
        if (typeof value !== 'object' || value === null) {
          list.push(value)
          continue
        }
        list.push(true)
        lengths.push(value.length)
        pieces.push(value)
        size += value.length
      }
    }
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return { newStatements, list: JSON.stringify(list), lengths, bytes: bytes.buffer }
}

export function unpack({ list: json, lengths, bytes }: WriteGroup): Entry[] {
  const list = JSON.parse(json) as Place[]
  const entries: Entry[] = []
  let at = 0
  let piece = 0
  let from = 0

  function nextBytes(): Uint8Array {
    const length = lengths[piece] ?? 0
    const value = Buffer.from(bytes, from, length)
    piece += 1
    from += length
    return value
  }

  function nextWrite(): Write {
    const [statement, count] = [Number(list[at]), Number(list[at + 1])]
    at += 2
    const values: WriteValue[] = []
    for (const end = at + count; at < end; at++) {
      const value = list[at] ?? null
      values.push(value === true ? nextBytes() : value)
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
