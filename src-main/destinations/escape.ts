/**
 * Text that means nothing but itself in each chat's mark-up. What is given here is clean already (see
 * messages/clean-text.ts); what comes out is at most as long as its destination takes.
 */
import { cutEscaped } from './messages/clean-text.ts'

/** Slack reads only these three as mark-up of links and mentions (docs.slack.dev, Formatting text). */
export function slackText(text: string, limit: number): string {
  return cutEscaped(text, limit, (plain) =>
    plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  )
}

/** Adaptive Cards read a part of Markdown: emphasis, links, lists (adaptivecards.io, Text features). */
export function teamsText(text: string, limit: number): string {
  return cutEscaped(text, limit, markdownText)
}

/**
 * Webex reads Markdown with HTML in it, and mentions as `<@…>` (developer.webex.com, Formatting).
 * @param limit in bytes of UTF-8, as Webex counts
 */
export function webexText(text: string, limit: number): string {
  return cutEscaped(text, limit, markdownText, (escaped) => Buffer.byteLength(escaped))
}

/** Within a line: emphasis, code, links, strikes. */
const MARKS = /[\\`*_~[\]|]/g
/** What makes a line a heading, a quote, an item of a list, a rule or an underline of a heading. */
const LINE_START = /^(#|>|\+|-|=)/
const NUMBERED = /^(\d{1,9})([.)])(?=\s|$)/
const ENTITY = /&(?=#?\w+;)/g

/** Backslashes where punctuation would be mark-up, entities where HTML would begin; a break is a paragraph. */
function markdownText(text: string): string {
  return text
    .split(/\n+/)
    .map((line) =>
      line
        .replace(MARKS, '\\$&')
        .replace(ENTITY, '&amp;')
        .replaceAll('<', '&lt;')
        .replace(LINE_START, '\\$1')
        .replace(NUMBERED, '$1\\$2'),
    )
    .join('\n\n')
}
