/** What is known of an endpoint by its URL alone, and what will come of sending it a raw event. */

export { judgeByStatus } from './answer-words.ts'
export { chatMessageIn, chatOf } from './chat-message.ts'
export { judgeOf } from './judge.ts'
export type { Judge, Judgement } from './judgement.ts'
export { type Pace, paceOf } from './pace.ts'
export { isSecretName, recogniseEndpoint } from './recognise.ts'
export { suggestName } from './suggest-name.ts'
export { destinationWarnings } from './warnings.ts'
