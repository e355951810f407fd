/**
 * How much of a message Slack, Teams and Webex take. What is shaped is cut to these, and what the
 * rehearsal receivers get is held against them. Characters are UTF-16 code units unless it says bytes.
 */

/** Slack's Block Kit: slackapi/node-slack-sdk, `packages/types/src/block-kit`; docs.slack.dev/block-kit. */
export const SLACK_LIMITS = {
  blocks: 50,
  attachments: 100,
  /** Of the message's own text; longer is cut silently by Slack. */
  text: 40_000,
  /** What Slack recommends for it. */
  textAdvised: 4_000,
  id: 255,
  textObject: 3_000,
  fields: 10,
  field: 2_000,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  imageText: 2_000,
  buttonText: 75,
  buttonUrl: 2_000,
  buttonValue: 3_000,
  markdownBlock: 12_000,
  tableRows: 100,
  tableCells: 20,
  videoTitle: 199,
  videoAuthor: 49,
  selectOptions: 100,
  overflowOptions: 5,
  radioOptions: 10,
  /** One message in this time, and so many more at once (docs.slack.dev, rate limits: "short bursts"). */
  everyMs: 1_000,
  burst: 3,
} as const

/** Teams: learn.microsoft.com, Create an Incoming Webhook and the Teams connector's limits. */
export const TEAMS_LIMITS = {
  /** The whole message; beyond it the flow fails after its 202. */
  messageBytes: 28 * 1024,
  /** Posts of the flow bot in `quotaMs`. */
  quota: 25,
  quotaMs: 300_000,
} as const

/** Teams connectors, before workflows: msteams-docs, connectors-using.md. */
export const CONNECTOR_LIMITS = {
  messageBytes: 28 * 1024,
  /** So many posts in so many seconds, all at once. */
  rates: [
    [4, 1],
    [60, 30],
    [100, 3_600],
    [150, 7_200],
    [1_800, 86_400],
  ],
} as const

/** Webex: developer.webex.com, Create a Message; each of `text` and `markdown`, in bytes of UTF-8. */
export const WEBEX_LIMITS = {
  textBytes: 7_439,
  /** Of the rehearsal alone, so that a limit can be met: Webex publishes none. */
  everyMs: 200,
  burst: 30,
} as const
