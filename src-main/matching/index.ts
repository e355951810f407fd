/** Which webhooks receive an event, and why the others do not. Every answer carries its reasons. */
export { audienceOf } from './audience.ts'
export { matchTarget } from './target.ts'
