/**
 * Holds one port for as long as it is wanted. Starts, moves and ends follow each other: two at once
 * would leave a server that nobody closes.
 */
import { type Listener, type ListenerHandlers, listen } from './listener.ts'

export interface PortKeeper {
  /** Resolves once it listens, or cannot; never rejects. @param port 0: any free one */
  open(port: number): Promise<void>
  /** Resolves once it is let go of. */
  shut(): Promise<void>
  /** Null while nothing listens. */
  port(): number | null
  /** Why it does not listen where it should, in words. */
  problem(): string | null
}

/**
 * @param fallback listens on any other port where the wished one cannot be had; answers what is said
 * then, with the port that was found
 */
export function createPortKeeper(
  handlers: ListenerHandlers,
  fallback: { readonly words: (why: string, port: number) => string; readonly off: string } | null,
): PortKeeper {
  let listener: Listener | null = null
  let problem: string | null = null
  let last: Promise<void> = Promise.resolve()

  function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.then(work)
    return last
  }

  async function open(port: number) {
    try {
      listener = await listen(port, handlers)
      problem = null
    } catch (error) {
      await openElsewhere(refusal(port, error))
    }
  }

  async function openElsewhere(why: string) {
    if (!fallback) {
      problem = why
      return
    }
    try {
      listener = await listen(0, handlers)
      problem = fallback.words(why, listener.port)
    } catch (error) {
      handlers.onError(error)
      problem = `${why} ${fallback.off}`
    }
  }

  async function shut() {
    const closing = listener
    listener = null
    problem = null
    await closing?.close()
  }

  return {
    open: (port) =>
      inTurn(async () => {
        await shut()
        await open(port)
      }),
    shut: () => inTurn(shut),
    port: () => listener?.port ?? null,
    problem: () => problem,
  }
}

function refusal(port: number, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program.`
  if (code === 'EACCES') return `This account may not listen on port ${port}.`
  return `Port ${port} cannot be used (${code}).`
}
