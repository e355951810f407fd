/** What is known of Slack, Teams and Webex: their endpoints, what to send there, and what they answer. */

export { judgeByStatus } from './answer-words.ts'
export { chatMessageIn, chatOf } from './chat-message.ts'
export { encodedAs, formatBody } from './format.ts'
export { judgeOf } from './judge.ts'
export type { Judge, Judgement } from './judgement.ts'
export { type Pace, paceOf } from './pace.ts'
export { isSecretName, recogniseEndpoint } from './recognise.ts'
export { suggestName } from './suggest-name.ts'
export { builtInTemplate, templateProblems } from './template/index.ts'
export { destinationWarnings } from './warnings.ts'
