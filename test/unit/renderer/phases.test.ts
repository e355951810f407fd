import { describe, expect, it } from 'vitest'
import type { Attempt } from '#contract'
import { phasesOf, spanOf } from '../../../src-renderer/inspector/phases.ts'

const NO_MARKS: Attempt['marks'] = {
  queuedMs: null,
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteOutMs: null,
  lastByteOutMs: null,
  firstByteInMs: null,
  lastByteInMs: null,
}
const attempt = (marks: Partial<Attempt['marks']>, tookMs: number | null = 100) =>
  ({
    startedAtMs: 1_000,
    finishedAtMs: tookMs === null ? null : 1_000 + tookMs,
    marks: { ...NO_MARKS, ...marks },
  }) as Attempt

describe('the phases of an attempt', () => {
  it('follow one another from the queue to the last byte', () => {
    const phases = phasesOf(
      attempt({
        queuedMs: -5,
        dnsMs: 2,
        connectMs: 3,
        tlsMs: 10,
        firstByteOutMs: 11,
        lastByteOutMs: 12,
        firstByteInMs: 50,
        lastByteInMs: 60,
      }),
    )
    expect(phases.map(({ name, fromMs, toMs }) => [name, fromMs, toMs])).toEqual([
      ['queued', -5, 0],
      ['dns', 0, 2],
      ['connect', 2, 3],
      ['tls', 3, 10],
      ['send', 11, 12],
      ['wait', 12, 50],
      ['receive', 50, 60],
    ])
    expect(spanOf(phases)).toEqual({ fromMs: -5, toMs: 60 })
  })

  it('leave out what did not happen on a connection that was open already', () => {
    const marks = { firstByteOutMs: 1, lastByteOutMs: 1, firstByteInMs: 4, lastByteInMs: 4 }
    expect(phasesOf(attempt(marks)).map(({ name }) => name)).toEqual(['send', 'wait', 'receive'])
  })

  it('wait to the end when no answer came', () => {
    const phases = phasesOf(attempt({ firstByteOutMs: 1, lastByteOutMs: 2 }, 15_000))
    expect(phases.at(-1)).toEqual({ name: 'wait', fromMs: 2, toMs: 15_000 })
  })

  it('are none when nothing was timed', () => {
    expect(phasesOf(attempt({}, null))).toEqual([])
  })
})
