/** The list of captures: what reaches it, at its head and further down, and what becomes of failures. */
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { CaptureFilter, CaptureId, CaptureSummary } from '#contract'
import { captures, useCaptures } from '../../../src-renderer/state/captures.ts'
import { openCore, tellFacts } from '../../../src-renderer/state/core.ts'

interface Asked {
  readonly filter: CaptureFilter
  readonly cursor?: number
  readonly limit: number
}

let stored: CaptureSummary[] = []
let asked: Asked[] = []
const AWAY = Object.assign(new Error('It is busy.'), { code: 'unavailable' })
let failure: Error | null = null
let gate: Promise<void> = Promise.resolve()

const idOf = (seq: number) => `cap_${seq}` as CaptureId
const row = (seq: number) => ({ id: idOf(seq), seq, isKept: false, note: '' }) as CaptureSummary
const change = (seq: number, part: Partial<CaptureSummary>) => {
  stored = stored.map((each) => (each.seq === seq ? { ...each, ...part } : each))
}
const shown = (seq: number) => useCaptures.getState().rows.find((each) => each.seq === seq)

const capture = {
  list: async (input: Asked) => {
    asked.push(input)
    const answer = pageOf(input)
    await gate
    if (failure) throw failure
    return answer
  },
  setKept: async ({ captureIds, isKept }: { captureIds: CaptureId[]; isKept: boolean }) => {
    for (const { id, seq } of stored) if (captureIds.includes(id)) change(seq, { isKept })
    return {}
  },
  setNote: async ({ captureId, note }: { captureId: CaptureId; note: string }) => {
    for (const { id, seq } of stored) if (captureId === id) change(seq, { note })
    return {}
  },
}

function pageOf({ filter, cursor, limit }: Asked) {
  const fits = stored.filter(
    ({ seq, isKept }) => seq < (cursor ?? Number.POSITIVE_INFINITY) && (isKept || !filter.isKept),
  )
  const items = fits.slice(0, limit)
  return { items, nextCursor: fits.length > limit ? (items.at(-1)?.seq ?? null) : null }
}

const settle = () => vi.advanceTimersByTimeAsync(1_000)
const tell = () => tellFacts([{ kind: 'captures.changed' }])

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    captures.close()
    vi.useRealTimers()
  })
  stored = Array.from({ length: 500 }, (_, at) => row(500 - at))
  failure = null
  gate = Promise.resolve()
  openCore({ capture } as unknown as Parameters<typeof openCore>[0])
  useCaptures.setState({ filter: {} })
  captures.open()
  await settle()
  captures.see(190, 199)
  await settle()
  asked = []
})

test('what is kept or noted far below the newest page is shown so at once', async () => {
  await captures.setKept([idOf(150)], true)
  await captures.setNote(idOf(150), 'the odd one')
  expect(shown(150)).toMatchObject({ isKept: true, note: 'the odd one' })
})

test('under “Kept only” a row that is no longer kept goes', async () => {
  for (const { seq } of stored) change(seq, { isKept: true })
  captures.narrow({ isKept: true })
  await settle()
  captures.see(190, 199)
  await settle()
  await captures.setKept([idOf(150)], false)
  expect(shown(150)).toBeUndefined()
  expect(shown(149)).toBeDefined()
})

test('what others change in the rows on screen is shown, wherever they are', async () => {
  captures.see(345, 355)
  change(150, { note: 'by another window' })
  stored = stored.filter(({ seq }) => seq !== 149)
  tell()
  await settle()
  expect(shown(150)).toMatchObject({ note: 'by another window' })
  expect(shown(149)).toBeUndefined()
  expect(useCaptures.getState().rows.map(({ seq }) => seq)).toEqual(stored.map(({ seq }) => seq))
})

test('what comes in while the list is being read is not missed', async () => {
  let open = () => {}
  gate = new Promise((resolve) => {
    open = resolve
  })
  void captures.reload()
  stored = [row(501), ...stored]
  tell()
  await settle()
  expect(shown(501)).toBeUndefined()
  open()
  await settle()
  expect(shown(501)).toBeDefined()
})

test('a list that could not be read is read once the core is there again', async () => {
  failure = AWAY
  await captures.reload()
  expect(useCaptures.getState().phase).toBe('failed')
  failure = null
  tell()
  await settle()
  expect(useCaptures.getState()).toMatchObject({ phase: 'ready', problem: '' })
})

test('that older rows could not be read is said, and they are read when asked again', async () => {
  failure = AWAY
  captures.see(390, 399)
  await settle()
  const { phase, problem, rows } = useCaptures.getState()
  expect({ phase, rows: rows.length }).toEqual({ phase: 'ready', rows: 400 })
  expect(problem).toBe(AWAY.message)
  failure = null
  await captures.readOn()
  expect(useCaptures.getState().rows).toHaveLength(500)
  expect(useCaptures.getState().problem).toBe('')
})

test('a search is under way until what was found is there', async () => {
  captures.narrow({ text: 'odd' })
  expect(useCaptures.getState().phase).toBe('searching')
  await settle()
  expect(useCaptures.getState().phase).toBe('ready')
})
