/** A raw TCP server that keeps each request's bytes and answers 200, for specs outside vitest. */
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface ByteRecorder {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly requests: readonly { readonly head: string; readonly body: Buffer }[]
  close(): Promise<void>
}

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nmoin!'

/** @param answer to every request, in latin1 */
export async function startByteRecorder(answer = ANSWER): Promise<ByteRecorder> {
  const requests: { head: string; body: Buffer }[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let bytes = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk])
      for (;;) {
        const end = bytes.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = bytes.subarray(0, end + 4).toString('latin1')
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
        if (bytes.length < end + 4 + length) return
        requests.push({ head, body: Buffer.from(bytes.subarray(end + 4, end + 4 + length)) })
        bytes = bytes.subarray(end + 4 + length)
        socket.write(answer, 'latin1')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
