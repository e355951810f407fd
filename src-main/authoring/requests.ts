/**
 * From a webhook and a payload to the request: the one way, for the preview and for the wire. The
 * preview shows the bytes that this makes; the dispatcher sends them.
 */
import type { FieldProblem, RequestPreview, WebhookDraft } from '#contract'
import { destinationWarnings, recogniseEndpoint, suggestName } from '../destinations/index.ts'
import {
  buildRequest,
  checkDraft,
  inspectMessage,
  renderHead,
  type WireRequest,
} from '../encode/index.ts'
import { AppError } from '../errors.ts'
import { type DraftValues, draftValues } from './draft-secrets.ts'
import { UNREADABLE, type Vault } from './vault.ts'

export interface Requests {
  /** @throws AppError `invalid` when the webhook cannot be turned into a request, with the reason */
  render(draft: WebhookDraft, payloadText: string): WireRequest
  preview(draft: WebhookDraft, payloadText: string): RequestPreview
  /** What stands against saving the draft, and what it should be warned of. */
  problems(draft: WebhookDraft): FieldProblem[]
}

const PREVIEW_BODY_BYTES = 256 * 1024
/** Stands in while the endpoint is not a URL yet, so that the rest of the request shows. */
const PLACEHOLDER_URL = 'http://endpoint.invalid/'

export function createRequests(deps: { vault: Vault; version: string }): Requests {
  const { vault } = deps
  const userAgent = `Hookstage/${deps.version}`

  function build(draft: WebhookDraft, values: DraftValues, url: string, payloadText: string) {
    const { contentType, formEncoding, formField, jsonStyle } = draft
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
      payloadText,
      userAgent,
    })
  }

  function problemsOf(draft: WebhookDraft, values: DraftValues): FieldProblem[] {
    const unreadable = values.unreadable.map(
      (field): FieldProblem => ({ field, severity: 'error', message: UNREADABLE }),
    )
    const rest = checkDraft(draft, values).filter(({ field }) => !values.unreadable.includes(field))
    return [...unreadable, ...rest, ...destinationWarnings(draft, values.endpoint)]
  }

  function preview(draft: WebhookDraft, payloadText: string): RequestPreview {
    const values = draftValues(vault, draft)
    const problems = problemsOf(draft, values)
    const { destination } = recogniseEndpoint(values.endpoint)
    const suggestedName = suggestName(draft.event, values.endpoint)
    const isError = (problem: FieldProblem) => problem.severity === 'error'
    const isUnfit = ({ rowId }: WebhookDraft['headers'][number]) =>
      problems.some((problem) => isError(problem) && problem.field.startsWith(`headers.${rowId}.`))
    // What is wrong with a header is said; the rest of the request shows without it.
    const fit = { ...draft, headers: draft.headers.filter((header) => !isUnfit(header)) }
    const noEndpoint = problems.some((problem) => isError(problem) && problem.field === 'endpoint')
    try {
      const built = build(fit, values, noEndpoint ? PLACEHOLDER_URL : values.endpoint, payloadText)
      const secrets = [...vault.maskables(), ...values.hidden]
      const request = show(built, secrets, noEndpoint)
      return { request, losses: [...built.losses], problems, destination, suggestedName }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const found = problems.some(isError) ? [] : problemsFrom(error)
      return {
        request: null,
        losses: [],
        problems: [...problems, ...found],
        destination,
        suggestedName,
      }
    }
  }

  return {
    render: (draft, payloadText) => {
      const values = draftValues(vault, draft)
      const problem = problemsOf(draft, values).find(({ severity }) => severity === 'error')
      if (problem) throw new AppError('invalid', problem.message, [problem])
      return build(draft, values, values.endpoint, payloadText).request
    },
    preview,
    problems: (draft) => problemsOf(draft, draftValues(vault, draft)),
  }
}

function problemsFrom(error: AppError): FieldProblem[] {
  if (error.problems.length > 0) return [...error.problems]
  return [{ field: 'payload', severity: 'error', message: error.message }]
}

type Built = ReturnType<typeof buildRequest>

function show(
  { request, headerOrigins }: Built,
  secrets: readonly string[],
  noEndpoint: boolean,
): RequestPreview['request'] {
  const view = inspectMessage({
    head: renderHead(request),
    body: request.body,
    bodyBytes: request.body.length,
    limitBytes: PREVIEW_BODY_BYTES,
    secrets,
  })
  const fromConnection = 2 // host and connection come first, content-length last
  return {
    startLine: view.startLine,
    headers: view.headers.map((header, index) => ({
      ...header,
      ...(noEndpoint && index === 0 ? { value: '…' } : {}),
      origin: headerOrigins[index - fromConnection] ?? 'connection',
    })),
    headBytes: view.headBytes,
    bodyBytes: view.bodyBytes,
    bodyText: view.body.text ?? '',
    bodyCut: view.bodyBytes > view.body.shownBytes,
  }
}
