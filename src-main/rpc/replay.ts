/** replay.*: sending again what was sent or captured. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function replayHandlers(os: Implementer, { replays }: Services) {
  return {
    original: os.replay.original.handler(({ input }) =>
      replays.original(input.source, input.reveal),
    ),
    send: os.replay.send.handler(async ({ input }) => ({ deliveryId: await replays.send(input) })),
    tree: os.replay.tree.handler(({ input }) => replays.tree(input)),
  }
}
