/** Plays an answer script: whose turn it is, request by request. Pure but for its position. */
import type { AnswerScript, AnswerStep, ScriptPosition } from '#contract'

export interface ScriptPlayer {
  readonly script: AnswerScript
  /** The step for a request that has come in; moves on. */
  next(): AnswerStep
  /** Which step answers the next request. */
  position(): ScriptPosition
  restart(): void
}

export function createScriptPlayer(script: AnswerScript): ScriptPlayer {
  let step = 0
  let done = 0

  const last = script.steps.length - 1

  function moveOn(times: number) {
    done += 1
    if (done < times) return
    if (step < last) step += 1
    else if (script.atEnd === 'start_over') step = 0
    // The last step is repeated: it has always answered once less than it will.
    done = 0
  }

  return {
    script,
    next: () => {
      const current = script.steps[step]
      if (!current) throw new Error('a script has at least one step')
      moveOn(current.times)
      return current
    },
    position: () => ({ step, done }),
    restart: () => {
      step = 0
      done = 0
    },
  }
}
