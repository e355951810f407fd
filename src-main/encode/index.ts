/** Bytes: how a webhook and a payload become a request, and how recorded bytes are read back. */

export { encodeBody } from './body.ts'
export { decodeContent } from './content-coding.ts'
export { checkDraft } from './draft-check.ts'
export { endpointFault, exactEndpoint, parseEndpoint, targetFault } from './endpoint.ts'
export { fieldValue, hasMoreFields, searchParams } from './form-fields.ts'
export {
  headerValue,
  type ReadHead,
  readHead,
  startLineOf,
  targetOf,
  withoutOrigin,
} from './head.ts'
export { headerFault, sentValue } from './headers.ts'
export { bareHost, isLoopback } from './host-names.ts'
export { jsonOffsets, replaceMembers } from './json-place.ts'
export {
  JsonFault,
  type JsonNode,
  parseJsonText,
  positionOf,
  sendable,
  tryParseJson,
  tryPrettyJson,
} from './json-text.ts'
export {
  inspectHead,
  inspectMessage,
  type RecordedMessage,
  type WireMessageView,
} from './message-view.ts'
export {
  isSensitiveHeader,
  maskHead,
  maskInText,
  maskSecrets,
  maskText,
  schemeBefore,
} from './redact.ts'
export { buildRequest, renderHead, type WireRequest } from './request.ts'
export { resendable } from './resend.ts'
export { retryProblems } from './retry-check.ts'
