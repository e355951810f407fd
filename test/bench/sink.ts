/** A raw HTTP server in a process of its own, for the benches to send to. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export async function startSink(): Promise<{ origin: string; stop(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'sink-server.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  return { origin: `http://127.0.0.1:${String(port).trim()}`, stop: () => void child.stdin.end() }
}
