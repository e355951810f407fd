/**
 * From a webhook and a payload to the request: the one way, for the preview and for the wire. The
 * preview shows the bytes that this makes; the dispatcher sends them.
 */
import type {
  Chat,
  DeliveryId,
  EventName,
  FieldProblem,
  HeaderRow,
  RequestPreview,
  WebhookDraft,
} from '#contract'
import {
  builtInTemplate,
  chatMessageIn,
  chatOf,
  destinationWarnings,
  encodedAs,
  formatBody,
  recogniseEndpoint,
  suggestName,
  templateProblems,
} from '../destinations/index.ts'
import { type AttemptStamp, isForbidden } from '../dispatch/index.ts'
import {
  buildRequest,
  checkDraft,
  exactEndpoint,
  inspectMessage,
  parseEndpoint,
  renderHead,
  type WireMessageView,
  type WireRequest,
} from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import { exampleNotes, sign, signingKeys, signingProblems } from '../signing/index.ts'
import { webhookNetworkProblems } from '../workspace/network.ts'
import { type DraftValues, draftValues } from './draft-secrets.ts'
import { UNREADABLE, type Vault } from './vault.ts'

/** A request that is sent as it was recorded or edited. */
interface FixedRequest {
  readonly method: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
  /** The endpoint's path is bytes, a character each, and goes out as it stands. */
  readonly isPathExact: boolean
  /** Where a new signature's headers go, and the id that it is for; null: the delivery's. */
  readonly sign: { readonly at: number; readonly id: string | null } | null
}

export interface Requests {
  /** @throws AppError `invalid` when the webhook cannot be turned into a request, with the reason */
  render(draft: WebhookDraft, payloadText: string, stamp: AttemptStamp): WireRequest
  /**
   * The request of a replay: to the draft's endpoint, and signed as the draft says where it is to be.
   * @throws as `render`
   */
  resend(draft: WebhookDraft, fixed: FixedRequest, stamp: AttemptStamp): WireRequest
  preview(draft: WebhookDraft, payloadText: string): RequestPreview
  /** What stands against saving the draft. */
  problems(draft: WebhookDraft): FieldProblem[]
  /** What a template starts from. @param chat null: for a receiver of another kind */
  builtInTemplate(chat: Chat | null, event: EventName): string
}

const PREVIEW_BODY_BYTES = 256 * 1024
/** Stands in while the endpoint is not a URL yet, so that the rest of the request shows. */
const PLACEHOLDER_URL = 'http://endpoint.invalid/'
/** Stands in for the id of a delivery that is not there yet. */
const EXAMPLE_ID = 'dlv_example' as DeliveryId

export function createRequests(deps: {
  vault: Vault
  runtime: Runtime
  version: string
}): Requests {
  const { vault, runtime } = deps
  const userAgent = `Hookstage/${deps.version}`

  function build(
    draft: WebhookDraft,
    values: DraftValues,
    jsonText: string,
    { url, stamp }: { url: string; stamp: AttemptStamp | null },
  ) {
    const { contentType, formEncoding, formField, jsonStyle } = encodedAs(draft)
    const keys = stamp && signingKeys(draft.signing, values.signing)
    const headers = draft.headers.map(({ rowId, name }) => ({
      name,
      value: values.headers.get(rowId) ?? '',
    }))
    return buildRequest({
      url,
      headers,
      contentType,
      formEncoding,
      formField,
      jsonStyle,
      payloadText: jsonText,
      userAgent,
      ...(keys ? { sign: (body: Uint8Array) => sign(keys, messageOf(stamp, body)) } : {}),
    })
  }

  function problemsOf(draft: WebhookDraft, values: DraftValues): FieldProblem[] {
    const unreadable = values.unreadable.map(
      (field): FieldProblem => ({ field, severity: 'error', message: UNREADABLE }),
    )
    const found = [
      ...checkDraft(encodedAs(draft), values),
      ...(draft.format === 'template' ? templateProblems(draft.template) : []),
      ...signingProblems(draft.signing, values.signing, draft.headers),
      ...webhookNetworkProblems(draft.network),
    ]
    const rest = found.filter(({ field }) => !values.unreadable.includes(field))
    return [...unreadable, ...rest]
  }

  /** The body that is to be encoded, or why there is none. */
  function formatted(draft: WebhookDraft, payloadText: string) {
    try {
      return { ...formatBody(draft, payloadText), failed: [] }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { jsonText: null, cuts: [], failed: problemsFrom(error).map(ofThisEvent) }
    }
  }

  function preview(draft: WebhookDraft, payloadText: string): RequestPreview {
    const values = draftValues(vault, draft)
    const found = problemsOf(draft, values)
    const { jsonText, cuts, failed } = formatted(draft, payloadText)
    const known = new Set(found.map(({ field, message }) => `${field} ${message}`))
    const problems = [
      ...found,
      ...failed.filter(({ field, message }) => !known.has(`${field} ${message}`)),
      ...addressWarnings(values.endpoint),
      ...destinationWarnings(draft, values.endpoint, jsonText),
    ]
    const around = {
      destination: recogniseEndpoint(values.endpoint).destination,
      suggestedName: suggestName(draft.event, values.endpoint),
      cuts: [...cuts],
    }
    const nothing = { ...around, request: null, message: null, losses: [], notes: [] }
    if (jsonText === null) return { ...nothing, problems }
    const errors = problems.filter(({ severity }) => severity === 'error')
    const isWrong = (start: string) => errors.some(({ field }) => field.startsWith(start))
    // What is wrong with a header or the signature is said; the rest of the request shows without it.
    const isFit = ({ rowId }: HeaderRow) => !isWrong(`headers.${rowId}.`)
    const fit = { ...draft, headers: draft.headers.filter(isFit) }
    const noEndpoint = isWrong('endpoint')
    const isSigned = !isWrong('signing.')
    try {
      const built = build(fit, values, jsonText, {
        url: noEndpoint ? PLACEHOLDER_URL : values.endpoint,
        stamp: isSigned ? { deliveryId: EXAMPLE_ID, atMs: runtime.nowMs() } : null,
      })
      const secrets = [...vault.maskables(), ...values.hidden]
      const { request, body } = show(built, secrets, noEndpoint)
      const message = chatMessageIn(body, chatOf(around.destination, draft.format))
      const notes = isSigned ? exampleNotes(draft.signing) : []
      return { ...around, request, message, losses: [...built.losses], problems, notes }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const rest = errors.length > 0 ? [] : problemsFrom(error)
      return { ...nothing, problems: [...problems, ...rest] }
    }
  }

  // Of a version of a webhook, neither of which changes, once for all that is sent of it.
  const valuesOf = remembered((draft) => draftValues(vault, draft))
  const faultOf = remembered((draft) =>
    problemsOf(draft, valuesOf(draft)).find(({ severity }) => severity === 'error'),
  )
  const exactOf = remembered((draft) => exactEndpoint(valuesOf(draft).endpoint))
  const parsedOf = remembered((draft) => parseEndpoint(valuesOf(draft).endpoint))

  return {
    render: (draft, payloadText, stamp) => {
      const problem = faultOf(draft)
      if (problem) throw new AppError('invalid', problem.message, [problem])
      const values = valuesOf(draft)
      const { jsonText } = formatBody(draft, payloadText)
      return build(draft, values, jsonText, { url: values.endpoint, stamp }).request
    },
    resend: (draft, { method, headers, body, isPathExact, sign: toSign }, stamp) => {
      const values = valuesOf(draft)
      if (values.unreadable.length > 0) throw new AppError('invalid', UNREADABLE)
      const { origin, path } = (isPathExact ? exactOf : parsedOf)(draft)
      const keys = toSign && signingKeys(draft.signing, values.signing)
      const { id, ...message } = messageOf(stamp, body)
      const signature = keys ? sign(keys, { ...message, id: toSign.id ?? id }) : []
      const all = headers.toSpliced(toSign?.at ?? headers.length, 0, ...signature)
      return { method, origin, path, headers: all.flat(), body }
    },
    preview,
    problems: (draft) => problemsOf(draft, draftValues(vault, draft)),
    builtInTemplate,
  }
}

/** As long as the draft itself is. */
function remembered<T>(make: (draft: WebhookDraft) => T): (draft: WebhookDraft) => T {
  const known = new WeakMap<WebhookDraft, { readonly value: T }>()
  return (draft) => {
    const found = known.get(draft) ?? { value: make(draft) }
    known.set(draft, found)
    return found.value
  }
}

function messageOf({ deliveryId, atMs }: AttemptStamp, body: Uint8Array) {
  return { id: deliveryId, timestampS: Math.floor(atMs / 1000), body }
}

function problemsFrom(error: AppError): FieldProblem[] {
  if (error.problems.length > 0) return [...error.problems]
  return [{ field: 'payload', severity: 'error', message: error.message }]
}

/** Another event may well make a body: what this one fails for does not stand against saving. */
function ofThisEvent(problem: FieldProblem): FieldProblem {
  return problem.field === 'template' ? { ...problem, severity: 'warning' } : problem
}

type Built = ReturnType<typeof buildRequest>

function show(
  { request, headerOrigins }: Built,
  secrets: readonly string[],
  noEndpoint: boolean,
): { request: RequestPreview['request']; body: WireMessageView['body'] } {
  const view = inspectMessage({
    head: renderHead(request),
    body: request.body,
    bodyBytes: request.body.length,
    limitBytes: PREVIEW_BODY_BYTES,
    secrets,
  })
  const fromConnection = 2 // host and connection come first, content-length last
  const shown = {
    startLine: view.startLine,
    headers: view.headers.map((header, index) => ({
      ...header,
      ...(noEndpoint && index === 0 ? { value: '…' } : {}),
      origin: headerOrigins[index - fromConnection] ?? ('connection' as const),
    })),
    headBytes: view.headBytes,
    bodyBytes: view.bodyBytes,
    bodyText: view.body.text ?? '',
    bodyCut: view.bodyBytes > view.body.shownBytes,
  }
  return { request: shown, body: view.body }
}

/** Of addresses alone, and of the names known for them: other names are looked up when they are sent to. */
function addressWarnings(endpoint: string): FieldProblem[] {
  const url = endpoint.trim()
  if (!URL.canParse(url) || !isForbidden(new URL(url).hostname)) return []
  const message =
    'This is a link-local or cloud metadata address, which Hookstage does not connect to.'
  return [{ field: 'endpoint', severity: 'warning', message }]
}
