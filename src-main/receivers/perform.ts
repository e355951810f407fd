/**
 * Puts a step of an answer script on the wire, with its delay, its drip, or without an answer at all.
 * Whatever waits is called off when the connection is gone.
 */
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { AnswerStep } from '#contract'

const DRIP_TICK_MS = 100

export function perform(step: AnswerStep, response: ServerResponse): void {
  if (step.delayMs <= 0) {
    act(step, response)
    return
  }
  const timer = setTimeout(() => act(step, response), step.delayMs)
  response.once('close', () => clearTimeout(timer))
}

function act(step: AnswerStep, response: ServerResponse): void {
  switch (step.kind) {
    case 'drop':
      whenItsTurn(response, (socket) => socket.destroy())
      return
    case 'reset':
      whenItsTurn(response, (socket) => socket.resetAndDestroy())
      return
    case 'answer':
      answer(step, response)
  }
}

/** Of pipelined requests the earlier ones get their answers first. */
function whenItsTurn(response: ServerResponse, then: (socket: Socket) => void): void {
  if (response.socket) then(response.socket)
  else response.once('socket', then)
}

function answer(step: Extract<AnswerStep, { kind: 'answer' }>, response: ServerResponse): void {
  const body = Buffer.from(step.body)
  const own = new Set(step.headers.map(({ name }) => name.trim().toLowerCase()))
  const headers = step.headers.flatMap(({ name, value }) => [name.trim(), value.trim()])
  // No browser is to take an answer for more than it says it is.
  if (!own.has('x-content-type-options')) headers.push('X-Content-Type-Options', 'nosniff')
  headers.push('Content-Length', String(body.length))
  response.writeHead(step.status, headers)
  if (step.dripMs === null || body.length === 0) response.end(body)
  else drip(body, step.dripMs, response)
}

function drip(body: Buffer, overMs: number, response: ServerResponse): void {
  response.flushHeaders()
  const startedMs = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const part = Math.min((performance.now() - startedMs) / overMs, 1)
    const due = Math.floor(body.length * part)
    if (due > sent) response.write(body.subarray(sent, due))
    sent = Math.max(due, sent)
    if (sent === body.length) response.end()
  }, DRIP_TICK_MS)
  response.once('close', () => clearInterval(timer))
}
