/** Whose turn it is in an answer script. */
import { describe, expect, it } from 'vitest'
import { ANSWER_PRESETS, type AnswerScript, type AnswerStep, textAnswer } from '#contract'
import { scriptProblems } from '../../../src-main/receivers/script-check.ts'
import { createScriptPlayer } from '../../../src-main/receivers/script-player.ts'

const step = (status: number, times = 1) => textAnswer(status, '', { times })
const play = (script: AnswerScript, count: number) => {
  const player = createScriptPlayer(script)
  return Array.from({ length: count }, () => {
    const next = player.next()
    return next.kind === 'answer' ? next.status : next.kind
  })
}

describe('a script', () => {
  it('gives each step as often as it says, then repeats the last or starts over', () => {
    const steps = [step(503, 2), step(429), step(200)]
    expect(play({ steps, atEnd: 'repeat_last' }, 7)).toEqual([503, 503, 429, 200, 200, 200, 200])
    expect(play({ steps, atEnd: 'start_over' }, 7)).toEqual([503, 503, 429, 200, 503, 503, 429])
  })

  it('says what comes next, and can be begun again', () => {
    const player = createScriptPlayer({ steps: [step(503, 2), step(200)], atEnd: 'start_over' })
    expect(player.position()).toEqual({ step: 0, done: 0 })
    player.next()
    expect(player.position()).toEqual({ step: 0, done: 1 })
    player.next()
    expect(player.position()).toEqual({ step: 1, done: 0 })
    player.restart()
    expect(player.position()).toEqual({ step: 0, done: 0 })
  })

  it('is told what is wrong with it, part by part', () => {
    const wrong = (change: Partial<Extract<AnswerStep, { kind: 'answer' }>>) =>
      scriptProblems({ steps: [textAnswer(200, '', change)], atEnd: 'repeat_last' }).map(
        ({ field }) => field,
      )
    expect(wrong({})).toEqual([])
    expect(wrong({ status: 99 })).toEqual(['steps.0.status'])
    expect(wrong({ status: 200.5 })).toEqual(['steps.0.status'])
    expect(wrong({ times: 0 })).toEqual(['steps.0.times'])
    expect(wrong({ delayMs: -1 })).toEqual(['steps.0.delayMs'])
    expect(wrong({ dripMs: 0 })).toEqual(['steps.0.dripMs'])
    expect(wrong({ headers: [{ name: 'X', value: 'a\r\nb' }] })).toEqual(['steps.0.headers.1'])
    expect(wrong({ headers: [{ name: 'Content-Length', value: '5' }] })).toEqual([
      'steps.0.headers.1',
    ])
  })

  it('that is offered as a preset is fit to be used', () => {
    for (const { script } of ANSWER_PRESETS) expect(scriptProblems(script)).toEqual([])
  })
})
