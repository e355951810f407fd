/** A client below HTTP: writes bytes as they are and collects what comes back. */
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface RawClient {
  readonly socket: Socket
  write(bytes: string | Uint8Array): void
  /** Resolves to all that came, once it contains `text` so many times. */
  until(text: string, times?: number): Promise<string>
  /** Resolves to all that came, once the other side has closed. */
  readonly closed: Promise<string>
}

/** Connected to 127.0.0.1; destroyed after the test. */
export async function rawClient(port: number): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  let received = ''
  const watchers = new Set<() => void>()
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    for (const watcher of watchers) watcher()
  })
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => resolve(received))
  })
  await new Promise<void>((resolve) => {
    socket.once('connect', () => resolve())
  })
  return {
    socket,
    write: (bytes) => {
      socket.write(bytes)
    },
    until: (text, times = 1) =>
      new Promise((resolve) => {
        const watcher = () => {
          if (received.split(text).length <= times) return
          watchers.delete(watcher)
          resolve(received)
        }
        watchers.add(watcher)
        watcher()
      }),
    closed,
  }
}
