/** The line between a page and its host, in the hands of a spec: calls can be failed, or held back. */
import type { Page, WebSocketRoute } from '@playwright/test'

export interface Line {
  /** The next call of this name ends the connection, as when the host dies over it. */
  cutAt(name: string): void
  /** How often that has happened. */
  cuts(): number
  /** Calls of this name that got through. */
  asked(name: string): number
  /** Keeps calls of this name until the answer is called. */
  hold(name: string): () => void
}

/** The page is loaded anew over it. Allow `CUT` in its console. */
export async function takeLine(page: Page): Promise<Line> {
  const asked: string[] = []
  const held = new Map<string, (() => void)[]>()
  let cut: string | null = null
  let cuts = 0
  await page.routeWebSocket(/\/rpc$/, (route: WebSocketRoute) => {
    const server = route.connectToServer()
    route.onMessage((message) => {
      const name = /"u":"\/([\w/]+)"/.exec(String(message))?.[1] ?? ''
      if (name === cut) {
        cut = null
        cuts += 1
        void route.close()
        void server.close()
        return
      }
      const pass = () => {
        asked.push(name)
        server.send(message)
      }
      const waiting = held.get(name)
      if (waiting) waiting.push(pass)
      else pass()
    })
  })
  await page.reload()
  return {
    cutAt: (name) => {
      cut = name
    },
    cuts: () => cuts,
    asked: (name) => asked.filter((each) => each === name).length,
    hold: (name) => {
      held.set(name, [])
      return () => {
        for (const pass of held.get(name) ?? []) pass()
        held.delete(name)
      }
    },
  }
}

/** What a page says in its console when its line is cut. */
export const CUT = /WebSocket|ERR_CONNECTION|Failed to load resource/
