/** host.*: which hosts may be sent to. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function hostHandlers(os: Implementer, { hosts }: Services) {
  return {
    list: os.host.list.handler(() => hosts.list()),
    confirm: os.host.confirm.handler(({ input }) => {
      hosts.confirm(input.hosts)
      return {}
    }),
    refuse: os.host.refuse.handler(async ({ input }) => ({
      cancelled: await hosts.refuse(input.hosts),
    })),
    forget: os.host.forget.handler(({ input }) => {
      hosts.forget(input.host)
      return {}
    }),
  }
}
