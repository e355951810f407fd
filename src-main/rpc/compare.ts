/** compare.*: what is different between two recorded messages. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function compareHandlers(os: Implementer, { comparisons }: Services) {
  return {
    messages: os.compare.messages.handler(({ input }) => comparisons.messages(input)),
  }
}
