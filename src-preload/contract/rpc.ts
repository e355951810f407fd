/**
 * Every call and every stream between renderer and core. Both hosts carry exactly this, over a
 * MessagePort or a WebSocket; adding a call is three edits: here, its handler, its conformance case.
 */
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { answerScriptSchema } from './answer-script.ts'
import { bulkContract } from './bulk.ts'
import {
  captureFilterSchema,
  capturePageSchema,
  captureSchema,
  MAX_NOTE_CHARACTERS,
} from './capture.ts'
import { eventNameSchema } from './catalogue.ts'
import { compareCalls } from './compare.ts'
import {
  deliveryFilterSchema,
  deliveryPageSchema,
  deliverySchema,
  deliverySummarySchema,
} from './delivery.ts'
import { commonErrors } from './errors.ts'
import { factSchema } from './facts.ts'
import { hostCalls } from './host.ts'
import {
  attemptIdSchema,
  captureIdSchema,
  deliveryIdSchema,
  receiverIdSchema,
  sampleIdSchema,
  secretIdSchema,
  webhookIdSchema,
} from './ids.ts'
import { exportCalls, importCalls } from './interchange-calls.ts'
import { eventMappingSchema, eventSourceSchema, madeEventSchema } from './made-event.ts'
import { chatSchema } from './message.ts'
import { authoritySchema, networkSchema } from './network.ts'
import { requestPreviewSchema } from './preview.ts'
import { receiverChangeSchema, receiverSchema, strayWebhooksSchema } from './receiver.ts'
import { channelPageSchema, receiverKindSchema, rehearsalSettingsSchema } from './rehearsal.ts'
import {
  replayNodeSchema,
  replayOriginalSchema,
  replayPlaceSchema,
  replayRequestSchema,
  replayRevealSchema,
  replaySourceSchema,
} from './replay.ts'
import { clockSpeedSchema } from './retry.ts'
import { secretTextSchema } from './secret.ts'
import { settingsSchema, statusSchema } from './settings.ts'
import {
  diagnosisRequestSchema,
  diagnosisSchema,
  signatureViewSchema,
  signingSchemeSchema,
} from './signing.ts'
import {
  audienceRowSchema,
  boardRowSchema,
  firedSchema,
  payloadDraftSchema,
  payloadIssueSchema,
  payloadTextSchema,
  sampleSchema,
  seedSchema,
  targetMatchSchema,
} from './simulator.ts'
import {
  storedDraftSchema,
  targetSchema,
  webhookDraftSchema,
  webhookSchema,
  webhookStatusSchema,
} from './webhook.ts'
import { exchangeViewSchema } from './wire.ts'

const call = oc.errors(commonErrors)
const nothing = z.object({})

export const contract = {
  app: {
    status: call.output(statusSchema),
    dismissNotice: call.input(z.object({ id: z.string() })).output(nothing),
    /** The stream of facts; the first batch comes at once, so that a client knows it is connected. */
    facts: call.output(eventIterator(z.array(factSchema))),
    /** Removes the sample webhooks that are still as they were made, all at once. */
    removeSamples: call.output(z.object({ removed: z.array(webhookIdSchema) })),
  },
  webhook: {
    list: call.output(z.array(webhookSchema)),
    /** Creates (`webhookId` null) or replaces; drops the draft. Answers `invalid` with problems. */
    save: call
      .input(z.object({ webhookId: webhookIdSchema.nullable(), draft: webhookDraftSchema }))
      .output(webhookSchema),
    /** One webhook per action of the draft's type; those that exist with the same endpoint are left out. */
    createForType: call
      .input(z.object({ draft: webhookDraftSchema }))
      .output(z.object({ created: z.array(webhookSchema), existing: z.number().int() })),
    setStatus: call
      .input(z.object({ webhookId: webhookIdSchema, status: webhookStatusSchema }))
      .output(webhookSchema),
    duplicate: call.input(z.object({ webhookId: webhookIdSchema })).output(webhookSchema),
    /** Can be undone with `restore` until Hookstage is started again a day later. */
    delete: call
      .input(z.object({ webhookIds: z.array(webhookIdSchema).max(1000) }))
      .output(nothing),
    restore: call
      .input(z.object({ webhookIds: z.array(webhookIdSchema).max(1000) }))
      .output(nothing),
    /** The exact request for a sample event: `payloadText`, or what the seed makes. */
    preview: call
      .input(
        z.object({
          webhookId: webhookIdSchema.nullable(),
          draft: webhookDraftSchema,
          event: eventNameSchema.optional(),
          seed: seedSchema,
          payloadText: payloadTextSchema.optional(),
        }),
      )
      .output(requestPreviewSchema),
    /** The built-in message as a template; `chat` null: one for a receiver of another kind. */
    builtInTemplate: call
      .input(z.object({ chat: chatSchema.nullable(), event: eventNameSchema }))
      .output(z.object({ template: z.string() })),
    matchTarget: call.input(z.object({ target: targetSchema })).output(targetMatchSchema),
    /**
     * Sends one event, `payloadText` or what the seed makes, with a new id and time, to this webhook
     * alone, whatever its status and target attendees. Answers `invalid` when it is no JSON object.
     */
    fireSample: call
      .input(
        z.object({
          webhookId: webhookIdSchema,
          seed: seedSchema,
          payloadText: payloadTextSchema.optional(),
        }),
      )
      .output(firedSchema),
  },
  draft: {
    list: call.output(z.array(storedDraftSchema)),
    /** Keeps an unsaved form; secrets in it are sealed and come back as `kept`. */
    put: call
      .input(z.object({ webhookId: webhookIdSchema.nullable(), draft: webhookDraftSchema }))
      .output(storedDraftSchema),
    discard: call.input(z.object({ webhookId: webhookIdSchema.nullable() })).output(nothing),
  },
  secret: {
    reveal: call
      .input(z.object({ secretId: secretIdSchema }))
      .output(z.object({ value: z.string() })),
  },
  simulator: {
    board: call.output(z.array(boardRowSchema)),
    payload: call
      .input(z.object({ event: eventNameSchema, seed: seedSchema }))
      .output(z.object({ payloadText: payloadTextSchema })),
    /** JSON Schema, draft 2020-12, of the event's envelope. */
    schema: call
      .input(z.object({ event: eventNameSchema }))
      .output(z.object({ schema: z.record(z.string(), z.unknown()) })),
    check: call
      .input(z.object({ event: eventNameSchema, payloadText: payloadTextSchema }))
      .output(z.object({ issues: z.array(payloadIssueSchema) })),
    audience: call
      .input(z.object({ event: eventNameSchema, payloadText: payloadTextSchema }))
      .output(z.array(audienceRowSchema)),
    /**
     * Stores the event and its deliveries, then answers; sending goes on in the background.
     * `stamp` gives the envelope a fresh `id` and the present `timestamp`; else they are sent as they stand.
     */
    fire: call
      .input(
        z.object({ event: eventNameSchema, payloadText: payloadTextSchema, stamp: z.boolean() }),
      )
      .output(firedSchema),
    /**
     * Shows how a retry looks: sends the event to Echo, at an address of its own that fails twice and
     * then answers 200, with waits of a few seconds. Nobody else receives it.
     */
    showRetry: call
      .input(z.object({ event: eventNameSchema, payloadText: payloadTextSchema }))
      .output(firedSchema),
    /** Each of the 22 events once, made from the seed. */
    fireAll: call.input(z.object({ seed: seedSchema })).output(z.array(firedSchema)),
    /** Payloads as the user left them; at most one an event. */
    drafts: call.output(z.array(payloadDraftSchema)),
    putDraft: call.input(payloadDraftSchema).output(nothing),
    discardDraft: call.input(z.object({ event: eventNameSchema })).output(nothing),
  },
  sample: {
    list: call.output(z.array(sampleSchema)),
    /** `sampleId` null makes a new one. */
    save: call
      .input(
        z.object({
          sampleId: sampleIdSchema.nullable(),
          event: eventNameSchema,
          name: z.string().trim().min(1).max(200),
          payloadText: payloadTextSchema,
        }),
      )
      .output(sampleSchema),
    delete: call.input(z.object({ sampleId: sampleIdSchema })).output(nothing),
    restore: call.input(z.object({ sampleId: sampleIdSchema })).output(nothing),
  },
  /** Events made of what was sent or received. */
  event: {
    /** `mapping` says which event it is where the body does not. Answers `invalid` when there is none in it. */
    make: call
      .input(z.object({ source: eventSourceSchema, mapping: eventMappingSchema.nullable() }))
      .output(madeEventSchema),
    /** The form of a new webhook that would send it so, in the place of the new form that was kept. */
    draftWebhook: call
      .input(z.object({ source: eventSourceSchema, event: eventNameSchema }))
      .output(storedDraftSchema),
  },
  delivery: {
    list: call
      .input(
        z.object({
          filter: deliveryFilterSchema,
          cursor: z.number().int().optional(),
          limit: z.number().int().min(1).max(500),
        }),
      )
      .output(deliveryPageSchema),
    /** Those of the ids that exist, for refreshing rows in place. */
    some: call
      .input(z.object({ ids: z.array(deliveryIdSchema).max(500) }))
      .output(z.array(deliverySummarySchema)),
    get: call.input(z.object({ deliveryId: deliveryIdSchema })).output(deliverySchema),
    /** `whole` shows bodies beyond the first 256 KB too. */
    exchange: call
      .input(z.object({ attemptId: attemptIdSchema, whole: z.boolean() }))
      .output(exchangeViewSchema),
    /** A shell command that puts the same bytes on the wire. Secrets are masked unless asked for. */
    curl: call
      .input(z.object({ attemptId: attemptIdSchema, withSecrets: z.boolean() }))
      .output(z.object({ command: z.string(), masked: z.boolean(), notes: z.array(z.string()) })),
    /** Those of them that wait for their next attempt get it at once. */
    retryNow: call
      .input(z.object({ deliveryIds: z.array(deliveryIdSchema).max(10_000) }))
      .output(z.object({ retried: z.number().int() })),
    /** Those that wait end as their last attempt ended; those queued or under way, as theirs will. */
    stopRetrying: call
      .input(z.object({ deliveryIds: z.array(deliveryIdSchema).max(10_000) }))
      .output(z.object({ stopped: z.number().int() })),
    /** Ends what is queued or on its way; what has finished stays as it is. */
    cancel: call
      .input(z.object({ deliveryIds: z.array(deliveryIdSchema).max(10_000) }))
      .output(z.object({ cancelled: z.number().int() })),
  },
  /** Sending as a whole. `app.status` says how it stands. */
  queue: {
    pause: call.output(nothing),
    resume: call.output(nothing),
    setSpeed: call.input(z.object({ speed: clockSpeedSchema })).output(nothing),
    /** Moves the stage clock to when the next waiting delivery is due. */
    nextNow: call.output(nothing),
  },
  receiver: {
    list: call.output(z.array(receiverSchema)),
    create: call
      .input(z.object({ name: z.string().max(200), kind: receiverKindSchema.default('plain') }))
      .output(receiverSchema),
    /** Answers `invalid` with problems. */
    update: call
      .input(z.object({ receiverId: receiverIdSchema, change: receiverChangeSchema }))
      .output(receiverSchema),
    /** Its captures stay. Can be undone with `restore` until Hookstage is started again a day later. */
    delete: call.input(z.object({ receiverId: receiverIdSchema })).output(nothing),
    restore: call.input(z.object({ receiverId: receiverIdSchema })).output(nothing),
    /** From its first step on; kept over restarts. Answers `invalid` with problems. */
    setScript: call
      .input(z.object({ receiverId: receiverIdSchema, script: answerScriptSchema }))
      .output(receiverSchema),
    /** How a rehearsal answers; kept over restarts. */
    setRehearsal: call
      .input(z.object({ receiverId: receiverIdSchema, settings: rehearsalSettingsSchema }))
      .output(receiverSchema),
    /** The channel that a rehearsal would have filled by now. */
    channel: call
      .input(
        z.object({
          receiverId: receiverIdSchema,
          cursor: z.number().int().optional(),
          limit: z.number().int().min(1).max(100),
        }),
      )
      .output(channelPageSchema),
    /** The next request gets the first step. */
    restartScript: call.input(z.object({ receiverId: receiverIdSchema })).output(receiverSchema),
    strayWebhooks: call.output(strayWebhooksSchema),
    /** Aims those of them that stray still at the receivers' port, in one go. */
    aimWebhooks: call
      .input(z.object({ webhookIds: z.array(webhookIdSchema).max(10_000) }))
      .output(z.object({ aimed: z.number().int() })),
  },
  capture: {
    list: call
      .input(
        z.object({
          filter: captureFilterSchema,
          cursor: z.number().int().optional(),
          limit: z.number().int().min(1).max(500),
        }),
      )
      .output(capturePageSchema),
    /** `whole` shows bodies beyond the first 256 KB too. */
    get: call
      .input(z.object({ captureId: captureIdSchema, whole: z.boolean() }))
      .output(captureSchema),
    setKept: call
      .input(z.object({ captureIds: z.array(captureIdSchema).max(10_000), isKept: z.boolean() }))
      .output(nothing),
    setNote: call
      .input(z.object({ captureId: captureIdSchema, note: z.string().max(MAX_NOTE_CHARACTERS) }))
      .output(nothing),
    /** Can be undone with `restore` until Hookstage is started again a day later. */
    delete: call
      .input(z.object({ captureIds: z.array(captureIdSchema).max(10_000) }))
      .output(nothing),
    restore: call
      .input(z.object({ captureIds: z.array(captureIdSchema).max(10_000) }))
      .output(nothing),
  },
  replay: {
    /** What there is to replay; `reveal` names what is shown though it holds a secret. */
    original: call
      .input(z.object({ source: replaySourceSchema, reveal: replayRevealSchema }))
      .output(replayOriginalSchema),
    /** Makes a delivery of it, then answers; sending goes on in the background. */
    send: call.input(replayRequestSchema).output(z.object({ deliveryId: deliveryIdSchema })),
    /** All that come from the same origin, it first; at most 200. */
    tree: call.input(replayPlaceSchema).output(z.array(replayNodeSchema)),
  },
  import: importCalls,
  export: exportCalls,
  /** Many replays at once. */
  bulk: bulkContract,
  signing: {
    /** A fresh secret for a scheme; for ed25519 with the public key that receivers verify with. */
    generate: call
      .input(z.object({ scheme: signingSchemeSchema }))
      .output(z.object({ secret: z.string(), publicKey: z.string().nullable() })),
    /** What receivers verify with, of an ed25519 secret; null when it is no such key. */
    publicKey: call
      .input(z.object({ secret: secretTextSchema }))
      .output(z.object({ publicKey: z.string().nullable() })),
    /** Null when the request was sent without a signature. */
    view: call
      .input(z.object({ attemptId: attemptIdSchema }))
      .output(z.object({ signature: signatureViewSchema.nullable() })),
    diagnose: call.input(diagnosisRequestSchema).output(diagnosisSchema),
  },
  compare: compareCalls,
  host: hostCalls,
  settings: {
    get: call.output(settingsSchema),
    update: call.input(settingsSchema.partial()).output(settingsSchema),
    /** What stands in a PEM text; empty when one of its certificates cannot be read. */
    authorities: call
      .input(z.object({ extraCa: networkSchema.shape.extraCa }))
      .output(z.array(authoritySchema)),
  },
}
export type Contract = typeof contract
