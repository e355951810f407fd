/**
 * How a group of writes crosses to the thread that commits it, at less than half of what JSON takes, or
 * a structured clone: whole numbers that say what comes next; the numbers; the short texts, each once;
 * the bytes of all else, which change hands.
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
   * Of each entry the count of its writes; of each write its statement, the count of its values, and
   * these: KINDS times a length in bytes, or a place among the words, and a kind.
   */
  readonly shape: Int32Array<ArrayBuffer>
  readonly numbers: Float64Array<ArrayBuffer>
  readonly words: readonly string[]
  readonly bytes: ArrayBuffer
}

/** Why an entry could not be written. */
export interface Refusal {
  /** Its place in the group. */
  readonly index: number
  readonly message: string
  /** SQLite's, or empty. */
  readonly code: string
}

const NULL = 0
const NUMBER = 1
const WORD = 2
/** A text of which each byte is a character. */
const ASCII = 3
const TEXT = 4
const BYTES = 5
const KINDS = 8
/** Texts up to this length are often the same: a code, the name of an event. */
const WORD_LENGTH = 16

/** @throws RangeError where a value takes 256 MB or more */
export function pack(entries: readonly Entry[], newStatements: readonly string[]): WriteGroup {
  const room = roomFor(entries)
  const shape = new Int32Array(room.places)
  const numbers = new Float64Array(room.numbers)
  const bytes = Buffer.allocUnsafeSlow(room.bytes)
  const words = new Map<string, number>()
  let place = 0
  let number = 0
  let from = 0

  function placeOfWord(text: string): number {
    const known = words.get(text) ?? words.size
    if (known === words.size) words.set(text, known)
    return known
  }

  function put(value: WriteValue): number {
    if (value === null) return NULL
    if (typeof value === 'number') {
      numbers[number] = value
      number += 1
      return NUMBER
    }
    if (typeof value !== 'string') {
      bytes.set(value, from)
      from += value.length
      return value.length * KINDS + BYTES
    }
    if (value.length <= WORD_LENGTH) return placeOfWord(value) * KINDS + WORD
    const length = bytes.write(value, from)
    from += length
    return length * KINDS + (length === value.length ? ASCII : TEXT)
  }

  for (const entry of entries) {
    shape[place] = entry.length
    place += 1
    for (const { statement, values } of entry) {
      shape[place] = statement
      shape[place + 1] = values.length
      place += 2
      for (const value of values) {
        shape[place] = put(value)
        place += 1
      }
    }
  }
  return { newStatements, shape, numbers, words: [...words.keys()], bytes: bytes.buffer }
}

/** Whose length, with the kind beside it, is a number of 31 bits. */
const MOST_BYTES = 2 ** 28

function sizeOf(piece: Uint8Array | string): number {
  const size = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length
  if (size < MOST_BYTES) return size
  throw new RangeError('A value is too long to be written.')
}

function roomFor(entries: readonly Entry[]) {
  const room = { places: entries.length, numbers: 0, bytes: 0 }
  for (const entry of entries) {
    for (const { values } of entry) {
      room.places += 2 + values.length
      for (const value of values) {
        if (typeof value === 'number') room.numbers += 1
        else if (value === null) continue
        else if (value.length > WORD_LENGTH || typeof value !== 'string')
          room.bytes += sizeOf(value)
      }
    }
  }
  return room
}

export function unpack({ shape, numbers, words, bytes }: WriteGroup): Entry[] {
  const all = Buffer.from(bytes)
  const entries: Entry[] = []
  let place = 0
  let number = 0
  let from = 0

  function next(): number {
    place += 1
    return shape[place - 1] ?? 0
  }

  function nextValue(): WriteValue {
    const coded = next()
    const kind = coded % KINDS
    if (kind === NULL) return null
    if (kind === NUMBER) {
      number += 1
      return numbers[number - 1] ?? 0
    }
    const size = (coded - kind) / KINDS
    if (kind === WORD) return words[size] ?? ''
    const to = from + size
    const value =
      kind === BYTES
        ? all.subarray(from, to)
        : all.toString(kind === ASCII ? 'latin1' : 'utf8', from, to)
    from = to
    return value
  }

  while (place < shape.length) {
    const writes: Write[] = []
    for (let left = next(); left > 0; left--) {
      const statement = next()
      const values: WriteValue[] = []
      for (let count = next(); count > 0; count--) values.push(nextValue())
      writes.push({ statement, values })
    }
    entries.push(writes)
  }
  return entries
}
