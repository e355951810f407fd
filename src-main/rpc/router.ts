/**
 * The contract's implementation: one handler file per noun, each of which parses nothing (the
 * contract did), calls one service and returns its answer. Errors are mapped here, once.
 */
import { implement, ORPCError } from '@orpc/server'
import { contract } from '#contract'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { storageFault } from '../storage-fault.ts'
import { appHandlers } from './app.ts'
import { bulkHandlers } from './bulk.ts'
import { captureHandlers } from './capture.ts'
import { compareHandlers } from './compare.ts'
import { deliveryHandlers } from './delivery.ts'
import { eventHandlers } from './event.ts'
import { hostHandlers } from './host.ts'
import { exportHandlers, importHandlers } from './interchange.ts'
import { queueHandlers } from './queue.ts'
import { receiverHandlers } from './receiver.ts'
import { refusalOf } from './refused-input.ts'
import { replayHandlers } from './replay.ts'
import { sampleHandlers } from './sample.ts'
import { settingsHandlers } from './settings.ts'
import { signingHandlers } from './signing.ts'
import { simulatorHandlers } from './simulator.ts'
import { draftHandlers, secretHandlers, webhookHandlers } from './webhook.ts'

export type AppRouter = ReturnType<typeof createRouter>
export type Implementer = ReturnType<typeof implementer>

function implementer({ log, runtime }: Services) {
  return implement(contract).use(async ({ next, path, signal }) => {
    try {
      return await next()
    } catch (error) {
      // Nobody waits for the answer any more.
      if (signal?.aborted) throw error
      if (error instanceof AppError) {
        const data = error.code === 'invalid' ? { problems: [...error.problems] } : undefined
        throw new ORPCError(error.code, { message: error.message, data })
      }
      const refusal = refusalOf(error)
      if (refusal !== null) {
        throw new ORPCError('invalid', { message: refusal, data: { problems: [] } })
      }
      const fault = storageFault(error)
      if (fault) throw new ORPCError('unavailable', { message: fault })
      const id = runtime.newId('err')
      log.error({ err: error, id, call: path.join('.') }, 'a call failed')
      throw new ORPCError('internal', {
        message: `Something in Hookstage failed. The log has the details under ${id}.`,
        data: { id },
      })
    }
  })
}

export function createRouter(services: Services) {
  const os = implementer(services)
  return os.router({
    app: appHandlers(os, services),
    webhook: webhookHandlers(os, services),
    draft: draftHandlers(os, services),
    secret: secretHandlers(os, services),
    simulator: simulatorHandlers(os, services),
    sample: sampleHandlers(os, services),
    event: eventHandlers(os, services),
    delivery: deliveryHandlers(os, services),
    queue: queueHandlers(os, services),
    receiver: receiverHandlers(os, services),
    capture: captureHandlers(os, services),
    replay: replayHandlers(os, services),
    import: importHandlers(os, services),
    export: exportHandlers(os, services),
    bulk: bulkHandlers(os, services),
    signing: signingHandlers(os, services),
    compare: compareHandlers(os, services),
    host: hostHandlers(os, services),
    settings: settingsHandlers(os, services),
  })
}
