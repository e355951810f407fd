/** simulator.*: sample payloads, their audience, firing. */
import { payloadJsonSchema } from '#contract'
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function simulatorHandlers(os: Implementer, { simulator, store }: Services) {
  return {
    board: os.simulator.board.handler(() => simulator.board()),
    payload: os.simulator.payload.handler(({ input }) => ({
      payloadText: simulator.payload(input.event, input.seed),
    })),
    schema: os.simulator.schema.handler(({ input }) => ({
      schema: payloadJsonSchema(input.event),
    })),
    check: os.simulator.check.handler(({ input }) => ({
      issues: simulator.check(input.event, input.payloadText),
    })),
    audience: os.simulator.audience.handler(({ input }) =>
      simulator.audience(input.event, input.payloadText),
    ),
    fire: os.simulator.fire.handler(({ input }) =>
      simulator.fire(input.event, input.payloadText, input.stamp),
    ),
    showRetry: os.simulator.showRetry.handler(({ input }) =>
      simulator.showRetry(input.event, input.payloadText),
    ),
    fireAll: os.simulator.fireAll.handler(({ input }) => simulator.fireAll(input.seed)),
    drafts: os.simulator.drafts.handler(() => store.payloadDrafts.list()),
    putDraft: os.simulator.putDraft.handler(({ input }) => {
      store.payloadDrafts.put(input)
      return {}
    }),
    discardDraft: os.simulator.discardDraft.handler(({ input }) => {
      store.payloadDrafts.discard(input.event)
      return {}
    }),
  }
}
