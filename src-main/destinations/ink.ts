/**
 * What writers write with. The same writer makes a message now, of an event's texts, and makes the
 * start of a template, of names that stand for them; what differs between the two is in here.
 */
import { slackText, teamsText, webexText } from './escape.ts'
import { cut } from './messages/clean-text.ts'

export interface Ink {
  /** As it is, cut to so many UTF-16 code units. */
  plain(text: string, limit: number): string
  /** Escaped for mrkdwn. */
  slack(text: string, limit: number): string
  /** Escaped for a TextBlock or a fact. */
  teams(text: string, limit: number): string
  /** Escaped for Webex's Markdown; the limit is in bytes. */
  webex(text: string, limit: number): string
  /** Mark-up of the writer's own around a text. */
  around(before: string, text: string, after: string): string
  /** Parts of an array that are there for a piece of the message: a fact, the quote, the link. */
  parts<Part>(of: object, parts: readonly Part[]): readonly Part[]
  /** The value of a member that is there for a piece of the message. */
  only<Value extends object>(of: object, value: Value): Value
}

/** Writes texts. @param onCut told of each that had to be cut */
export function createInk(onCut: () => void): Ink {
  const noting =
    (write: (text: string, limit: number) => string) => (text: string, limit: number) => {
      const written = write(text, limit)
      if (written.endsWith('…') && !text.endsWith('…')) onCut()
      return written
    }
  return {
    plain: noting(cut),
    slack: noting(slackText),
    teams: noting(teamsText),
    webex: noting(webexText),
    around: (before, text, after) => before + text + after,
    parts: (_, parts) => parts,
    only: (_, value) => value,
  }
}
