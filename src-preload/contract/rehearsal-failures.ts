/**
 * Every way in which a rehearsal can be told to fail: those that Slack, Teams and Webex document, or
 * that were seen of them (docs.slack.dev, api.slack.com changelog of 2016-05-17; learn.microsoft.com,
 * MicrosoftDocs/msteams-docs issues 400 and 7385; developer.webex.com).
 */

export const REHEARSAL_KINDS = ['slack', 'teams', 'teams_legacy', 'webex'] as const
export type RehearsalKind = (typeof REHEARSAL_KINDS)[number]

export interface RehearsalFailure {
  readonly code: string
  /** Of the answer; a flow of Teams fails after its 202. */
  readonly status: number
  readonly label: string
  /** What it stands for. */
  readonly sentence: string
  /** No document names the status and nobody was seen to get it: the word alone is known. */
  readonly isStatusGuessed: boolean
}

type FailureFacts = Omit<RehearsalFailure, 'isStatusGuessed'>

const known = (failure: FailureFacts): RehearsalFailure => ({ ...failure, isStatusGuessed: false })

function slack(status: number, code: string, sentence: string): RehearsalFailure {
  return known({ code, status, label: `${status} ${code}`, sentence })
}

/** The name is what follows the status in the label. */
function guessed(
  status: number,
  code: string,
  sentence: string,
  name: string = code,
): RehearsalFailure {
  return { code, status, label: `${status} (a guess) ${name}`, sentence, isStatusGuessed: true }
}

const SLACK: readonly RehearsalFailure[] = [
  slack(400, 'invalid_payload', 'The message cannot be read as what its content type says.'),
  guessed(400, 'no_text', 'The message has nothing to show.'),
  slack(
    400,
    'missing_text_or_fallback_or_attachments',
    'The message has nothing to show; the longer word for it.',
  ),
  slack(400, 'invalid_blocks', 'The blocks are not valid; Slack does not say which.'),
  guessed(400, 'invalid_blocks_format', 'By its name, the blocks cannot be read.'),
  guessed(400, 'too_many_attachments', 'There are more than 100 attachments.'),
  slack(400, 'user_not_found', 'The user whom it addresses does not exist.'),
  slack(403, 'invalid_token', 'The secret at the end of the URL is wrong or expired.'),
  slack(403, 'action_prohibited', 'An administrator has restricted this.'),
  slack(403, 'posting_to_general_channel_denied', 'Its maker may not post to #general.'),
  guessed(403, 'team_disabled', 'The workspace is not active.'),
  slack(404, 'channel_not_found', 'The channel does not exist.'),
  slack(404, 'no_active_hooks', 'The webhook is disabled.'),
  slack(404, 'no_service', 'The webhook is disabled, removed or invalid.'),
  guessed(404, 'no_service_id', 'The part of the URL that begins with B names no webhook.'),
  guessed(404, 'no_team', 'The part of the URL that begins with T names no workspace.'),
  known({
    code: 'method_not_allowed',
    status: 405,
    label: '405 without a word',
    sentence: 'The method is not POST; no word of Slack is known for this.',
  }),
  slack(410, 'channel_is_archived', 'The channel is archived.'),
  slack(429, 'rate_limited', 'More than one message a second; with Retry-After: 1.'),
  slack(500, 'rollup_error', 'Something went wrong at Slack.'),
]

const TEAMS: readonly RehearsalFailure[] = [
  known({
    code: 'MissingApiVersionParameter',
    status: 400,
    label: '400 MissingApiVersionParameter',
    sentence: 'What follows the question mark of the URL was lost.',
  }),
  known({
    code: 'BadRequest',
    status: 400,
    label: '400 Bad Request',
    sentence: 'The body is not what the trigger expects.',
  }),
  guessed(
    401,
    'Unauthorized',
    'The signature in the URL is wrong, or there was an Authorization header.',
  ),
  guessed(404, 'NotFound', 'There is no such flow.', 'Not Found'),
  known({
    code: 'TooManyRequests',
    status: 429,
    label: '429 Too Many Requests',
    sentence: 'The trigger is called too often; with Retry-After.',
  }),
  known({
    code: 'GatewayTimeout',
    status: 504,
    label: '504 Gateway Timeout',
    sentence: 'A Response action of the flow did not answer in time.',
  }),
  known({
    code: 'flow_attachments_null',
    status: 202,
    label: '202, then the flow fails: no attachments',
    sentence: 'The flow goes through the attachments and finds Null.',
  }),
  known({
    code: 'flow_nothing_posted',
    status: 202,
    label: '202, then the flow posts nothing',
    sentence: 'The list of attachments is empty.',
  }),
  known({
    code: 'flow_card_invalid',
    status: 202,
    label: '202, then the flow fails: the card',
    sentence: 'The posting action does not take the card.',
  }),
  known({
    code: 'flow_too_large',
    status: 202,
    label: '202, then the flow fails: too large',
    sentence: 'The message is larger than 28 KB: Request entity too large.',
  }),
  known({
    code: 'flow_quota',
    status: 202,
    label: '202, then the flow fails: too many',
    sentence: 'The flow has posted 25 messages in 300 seconds already.',
  }),
  known({
    code: 'flow_channel_gone',
    status: 202,
    label: '202, then the flow fails: no channel',
    sentence: 'The channel that it posts to was deleted.',
  }),
]

function legacy(code: string, label: string, sentence: string): RehearsalFailure {
  return known({ code, status: 200, label: `200, but ${label}`, sentence })
}

const TEAMS_LEGACY: readonly RehearsalFailure[] = [
  legacy('summary_required', 'summary or text is required', 'The card has neither of them.'),
  legacy('bad_payload', 'bad payload', 'The body cannot be read as a message.'),
  legacy('error_400', 'HTTP error 400', 'Teams itself did not take the message.'),
  legacy('error_404', 'HTTP error 404', 'The connector was removed.'),
  legacy('error_413', 'HTTP error 413', 'The message is too large.'),
  legacy('error_429', 'HTTP error 429', 'More than four messages in a second.'),
]

function webex(status: number, name: string, sentence: string): RehearsalFailure {
  return known({ code: `webex_${status}`, status, label: `${status} ${name}`, sentence })
}

const WEBEX: readonly RehearsalFailure[] = [
  webex(400, 'Bad Request', 'The message has neither text nor markdown, or is too long.'),
  webex(401, 'Unauthorized', 'The webhook is not authorised.'),
  webex(403, 'Forbidden', 'The webhook may not post there.'),
  webex(404, 'Not Found', 'There is no such webhook.'),
  webex(405, 'Method Not Allowed', 'The method is not POST.'),
  webex(409, 'Conflict', 'It is in conflict with the state of the space.'),
  webex(410, 'Gone', 'The webhook is no longer there.'),
  webex(415, 'Unsupported Media Type', 'The content type is not application/json.'),
  webex(423, 'Locked', 'The space is locked for a while; with Retry-After.'),
  webex(428, 'Precondition Required', 'It asks for a check that was not made.'),
  webex(429, 'Too Many Requests', 'Too many messages; with Retry-After.'),
  webex(500, 'Internal Server Error', 'Something went wrong at Webex.'),
  webex(502, 'Bad Gateway', 'A server of Webex had no answer.'),
  webex(503, 'Service Unavailable', 'Webex is overloaded.'),
  webex(504, 'Gateway Timeout', 'A server of Webex answered too late.'),
]

export const REHEARSAL_FAILURES: Readonly<Record<RehearsalKind, readonly RehearsalFailure[]>> = {
  slack: SLACK,
  teams: TEAMS,
  teams_legacy: TEAMS_LEGACY,
  webex: WEBEX,
}

/** Null when a rehearsal of this kind does not fail so. */
export function rehearsalFailure(kind: RehearsalKind, code: string): RehearsalFailure | null {
  return REHEARSAL_FAILURES[kind].find((failure) => failure.code === code) ?? null
}
