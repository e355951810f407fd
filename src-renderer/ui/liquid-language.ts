/** Colours for JSON that is made with Liquid: what stands in the body, and what is put into it. */
import { StreamLanguage, type StringStream } from '@codemirror/language'

interface Place {
  /** In which part of the template: the body's own text, an output, or a tag. */
  part: 'body' | 'output' | 'tag'
  /** Within a string of the body. */
  isString: boolean
  /** The next word is the first of its tag. */
  isFirst: boolean
}

/** What a tag does: its first word. */
const TAG_NAME = /^[a-z]+\b/
const OPERATOR = /^(in|and|or|contains|not|limit|offset|reversed)\b/
/** A member's name stands before a colon and holds no Liquid. */
const MEMBER_NAME = /^"(?:[^"\\{]|\\.|\{(?![{%]))*"(?=\s*:)/

export const liquidLanguage = StreamLanguage.define<Place>({
  name: 'liquid',
  startState: () => ({ part: 'body', isString: false, isFirst: false }),
  token: (stream, place) =>
    place.part === 'body' ? inBody(stream, place) : inLiquid(stream, place),
  languageData: { closeBrackets: { brackets: ['(', '[', '{', '"'] } },
})

function inBody(stream: StringStream, place: Place): string | null {
  if (stream.match(/^\{\{-?/)) {
    place.part = 'output'
    place.isFirst = false
    return 'meta'
  }
  if (stream.match(/^\{%-?/)) {
    place.part = 'tag'
    place.isFirst = true
    return 'meta'
  }
  if (place.isString) {
    if (stream.match(/^"/)) place.isString = false
    else if (!stream.match(/^(?:[^"\\{]|\\.|\{(?![{%]))+/)) stream.next()
    return 'string'
  }
  if (stream.match(MEMBER_NAME)) return 'propertyName'
  if (stream.match(/^"/)) {
    place.isString = true
    return 'string'
  }
  if (stream.match(/^-?\d[\d.eE+-]*/)) return 'number'
  if (stream.match(/^(true|false|null)\b/)) return 'bool'
  if (stream.match(/^[[\]{},:]/)) return 'punctuation'
  stream.next()
  return null
}

function inLiquid(stream: StringStream, place: Place): string | null {
  if (stream.match(place.part === 'output' ? /^-?\}\}/ : /^-?%\}/)) {
    place.part = 'body'
    return 'meta'
  }
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'[^']*'?/)) return 'string'
  if (stream.match(/^\d[\d.]*/)) return 'number'
  if (stream.match(/^(true|false|nil|null|empty|blank)\b/)) return 'bool'
  if (stream.eatSpace()) return null
  const pattern = place.isFirst ? TAG_NAME : OPERATOR
  place.isFirst = false
  if (stream.match(pattern)) return 'keyword'
  if (stream.match(/^[\w-]+(\.[\w-]+)*/)) return 'variableName'
  if (stream.match(/^[|:,=<>!]+/)) return 'punctuation'
  stream.next()
  return null
}
