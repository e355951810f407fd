/** queue.*: sending as a whole, and the clock that retries wait by. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function queueHandlers(os: Implementer, { dispatcher }: Services) {
  return {
    pause: os.queue.pause.handler(() => {
      dispatcher.setPaused(true)
      return {}
    }),
    resume: os.queue.resume.handler(() => {
      dispatcher.setPaused(false)
      return {}
    }),
    setSpeed: os.queue.setSpeed.handler(({ input }) => {
      dispatcher.setSpeed(input.speed)
      return {}
    }),
    nextNow: os.queue.nextNow.handler(() => {
      dispatcher.nextNow()
      return {}
    }),
  }
}
