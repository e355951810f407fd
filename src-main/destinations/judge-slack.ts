/**
 * Slack's incoming webhooks answer with a word: `ok` is yes, any other is no. The word decides, the
 * status only where it is unknown (docs.slack.dev; api.slack.com changelog of 2016-05-17). A 429 has
 * no word of its own: its body is not read.
 */
import { answerReason, waitAsked } from './answer-words.ts'
import {
  type Answer,
  answerText,
  type Judgement,
  type Mask,
  quoted,
  sentences,
} from './judgement.ts'

interface Meaning {
  readonly says: string
  readonly next: string
  /** The same message to the same URL is refused whenever it comes. */
  readonly isFinal: boolean
}

const NEW_URL = 'Make a new webhook in Slack and put its URL into Endpoint.'
const SHAPE = 'Choose Message format: Slack, or give the template a text.'

const message = (says: string, next: string): Meaning => ({ says, next, isFinal: true })
const url = (says: string, next = NEW_URL): Meaning => ({ says, next, isFinal: true })
const passing = (says: string, next: string): Meaning => ({ says, next, isFinal: false })

const NOTHING_TO_SHOW = message('The message has neither text, blocks nor attachments.', SHAPE)

const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['no_text', NOTHING_TO_SHOW],
  ['missing_text_or_fallback_or_attachments', NOTHING_TO_SHOW],
  [
    'invalid_payload',
    message(
      'It could not read the message: this is not valid JSON, or not what the content type says.',
      SHAPE,
    ),
  ],
  [
    'invalid_blocks',
    message(
      'The blocks of the message are not valid; Slack does not say which.',
      'Choose Message format: Slack, or mend the template.',
    ),
  ],
  [
    'invalid_blocks_format',
    message(
      'By its name, the blocks are not in a form that Slack reads; its documentation does not list this.',
      'Choose Message format: Slack, or mend the template.',
    ),
  ],
  [
    'too_many_attachments',
    message('The message has more than 100 attachments.', 'Send fewer of them.'),
  ],
  [
    'user_not_found',
    message('The user whom the message addresses does not exist.', 'Correct the user in it.'),
  ],
  [
    'channel_not_found',
    url('The channel does not exist.', 'Make a webhook in Slack for a channel that does.'),
  ],
  [
    'channel_is_archived',
    url(
      'The channel is archived.',
      'Bring it back in Slack, or make a webhook for another channel.',
    ),
  ],
  ['no_active_hooks', url('The webhook is disabled.')],
  ['no_service', url('The webhook is disabled or removed, or its URL is not right.')],
  [
    'no_service_id',
    url(
      'The part of the URL that begins with B names no webhook.',
      'Copy the URL from Slack again.',
    ),
  ],
  [
    'no_team',
    url(
      'The part of the URL that begins with T names no workspace.',
      'Copy the URL from Slack again.',
    ),
  ],
  ['team_disabled', url('The Slack workspace is not active.', 'Use a webhook of one that is.')],
  ['invalid_token', url('The secret at the end of the URL is wrong, expired or missing.')],
  [
    'action_prohibited',
    passing('An administrator has restricted this.', 'Ask one of the workspace to allow it.'),
  ],
  [
    'posting_to_general_channel_denied',
    passing(
      'Posting to #general is restricted, and the webhook’s maker may not.',
      'Make a webhook for another channel, or ask an administrator.',
    ),
  ],
  ['rollup_error', passing('Something went wrong at Slack.', 'Send it again later.')],
])

export function judgeSlack(answer: Answer, mask: Mask): Judgement {
  const { httpStatus, head } = answer
  if (httpStatus === 429) return { code: 'http_status', reason: tooFast(head) }
  const word = answerText(answer)
  const isSuccess = httpStatus >= 200 && httpStatus < 300
  if (isSuccess && word === 'ok') {
    return { code: 'ok', reason: 'Slack took it: it answered ok.' }
  }
  const meaning = MEANINGS.get(word)
  if (meaning) {
    const { says, next, isFinal } = meaning
    const reason = sentences(`Slack refused it: ${word}.`, says, next)
    return { code: 'destination_refused', reason, isFinal }
  }
  return isSuccess ? notOk(httpStatus, quoted(word, mask)) : unknown(answer, quoted(word, mask))
}

function tooFast(head: Uint8Array): string {
  return sentences(
    'Slack refused it: 429 Too Many Requests. It takes one message a second at a webhook.',
    waitAsked(head, 'Slack'),
    'Wait before the next; an app that goes on posting may be disabled.',
  )
}

function notOk(httpStatus: number, said: string): Judgement {
  return {
    code: 'destination_refused',
    reason: sentences(
      said === ''
        ? `Slack answered ${httpStatus}, but not ok as it does when it takes a message.`
        : `Slack answered ${httpStatus}, but not ok as it does when it takes a message: ${said}`,
      'Check that the endpoint is the URL of an incoming webhook.',
    ),
  }
}

function unknown({ httpStatus, head }: Answer, said: string): Judgement {
  const reason = sentences(
    said === '' ? '' : `Slack refused it: ${said}`,
    answerReason(httpStatus, head),
  )
  return { code: 'http_status', reason }
}
