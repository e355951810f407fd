/** A receiver that answers nothing before it is told to, then everything at once; closed after the test. */
import { onTestFinished } from 'vitest'
import { startWireServer } from './wire-server.ts'

export async function startSilent() {
  const held: (() => void)[] = []
  let isOpen = false
  const server = await startWireServer({
    onRequest: (connection) => {
      const answer = () => connection.send('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
      if (isOpen) answer()
      else held.push(answer)
    },
  })
  onTestFinished(server.close)
  const open = () => {
    isOpen = true
    for (const answer of held.splice(0)) answer()
  }
  return { server, open }
}
