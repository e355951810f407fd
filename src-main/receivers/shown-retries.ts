/** Addresses below Echo that fail twice and then answer 200: what a retry is shown with. */
import { type AnswerScript, textAnswer } from '#contract'
import type { Runtime } from '../runtime.ts'
import { createScriptPlayer, type ScriptPlayer } from './script-player.ts'

export interface ShownRetries {
  /** Null: no such address. */
  at(path: string): ScriptPlayer | null
  /** The path of a fresh one below `parent`; the oldest of many is forgotten. */
  add(parent: string): string
}

const FAILS_TWICE: AnswerScript = {
  steps: [textAnswer(503, 'Busy, try again.', { times: 2 }), textAnswer(200, 'ok')],
  atEnd: 'repeat_last',
}
const MAX_SHOWN = 100

export function createShownRetries(runtime: Pick<Runtime, 'newId'>): ShownRetries {
  /** The oldest first. */
  const players = new Map<string, ScriptPlayer>()
  return {
    at: (path) => players.get(path) ?? null,
    add: (parent) => {
      const path = `${parent}/fails-twice/${runtime.newId('try')}`
      players.set(path, createScriptPlayer(FAILS_TWICE))
      for (const oldest of players.keys()) {
        if (players.size > MAX_SHOWN) players.delete(oldest)
      }
      return path
    },
  }
}
