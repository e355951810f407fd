/**
 * Answers 200 to every request as fast as it can; a process of its own, so that it takes nothing
 * from what is measured. Prints its port once it listens, and ends with its standard input.
 */
import { createServer } from 'node:net'

const OK = Buffer.from(
  'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok',
)

const server = createServer({ noDelay: true }, (socket) => {
  let pending: Buffer = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    for (let end = requestEnd(pending); end !== null; end = requestEnd(pending)) {
      pending = pending.subarray(end)
      socket.write(OK)
    }
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`)
})
process.stdin.on('end', () => process.exit(0)).resume()

function requestEnd(bytes: Buffer): number | null {
  const head = bytes.indexOf('\r\n\r\n', 0, 'latin1')
  if (head === -1) return null
  const at = bytes.indexOf('content-length: ', 0, 'latin1')
  const length = at === -1 ? 0 : Number.parseInt(bytes.toString('latin1', at + 16, at + 26), 10)
  const end = head + 4 + length
  return bytes.length >= end ? end : null
}
