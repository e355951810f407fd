/** Unsaved forms on their way to the core: what arrives, in which order, and what survives. */
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { emptyDraft, type WebhookDraft, type WebhookId } from '#contract'
import { openCore } from '../../../src-renderer/state/core.ts'
import { drafts, useDrafts } from '../../../src-renderer/state/drafts.ts'

const ID = 'wh_1' as WebhookId
const named = (name: string): WebhookDraft => ({ ...emptyDraft(), name })

/** The far side of the seam: it keeps what it is sent, as slowly as a test wants. */
function farSide() {
  const stored = new Map<WebhookId | null, WebhookDraft>()
  const arrivals: string[] = []
  let gate: Promise<void> = Promise.resolve()
  let isAway = false
  let puts = 0
  const draft = {
    list: () =>
      Promise.resolve(
        [...stored].map(([webhookId, each]) => ({ webhookId, draft: each, updatedAtMs: 0 })),
      ),
    put: async (input: { webhookId: WebhookId | null; draft: WebhookDraft }) => {
      await gate
      puts += 1
      if (isAway) throw new Error('away')
      if (input.draft.name === 'too large') {
        throw Object.assign(new Error('This is too large.'), { code: 'invalid' })
      }
      arrivals.push(input.draft.name)
      stored.set(input.webhookId, input.draft)
      return { ...input, updatedAtMs: 0 }
    },
    discard: async ({ webhookId }: { webhookId: WebhookId | null }) => {
      await gate
      if (isAway) throw new Error('away')
      arrivals.push('discard')
      stored.delete(webhookId)
      return {}
    },
  }
  openCore({ draft } as unknown as Parameters<typeof openCore>[0])
  return {
    stored,
    arrivals,
    hold: () => {
      let open = () => {}
      gate = new Promise((resolve) => {
        open = resolve
      })
      return () => open()
    },
    puts: () => puts,
    setAway: (away: boolean) => {
      isAway = away
    },
  }
}

beforeEach(() => {
  drafts.forget(ID)
  drafts.forget(null)
  useDrafts.setState({ drafts: new Map(), isRead: false })
})

test('many edits become one call, with the last of them', async () => {
  const core = farSide()
  for (const name of ['a', 'ab', 'abc']) drafts.edit(ID, named(name))
  await drafts.flush()
  expect(core.arrivals).toEqual(['abc'])
})

test('an edit made while an older one is on its way arrives after it', async () => {
  const core = farSide()
  const open = core.hold()
  drafts.edit(ID, named('old'))
  const first = drafts.flush()
  drafts.edit(ID, named('new'))
  const second = drafts.flush()
  open()
  await Promise.all([first, second])
  expect(core.arrivals).toEqual(['old', 'new'])
  expect(core.stored.get(ID)?.name).toBe('new')
})

test('a form that is thrown away stays so, even if an edit is still on its way', async () => {
  const core = farSide()
  const open = core.hold()
  drafts.edit(ID, named('x'))
  const flushed = drafts.flush()
  const discarded = drafts.discard(ID)
  open()
  await Promise.all([flushed, discarded])
  expect(core.stored.has(ID)).toBe(false)
  expect(useDrafts.getState().drafts.has(ID)).toBe(false)
})

test('what could not be sent while the core was away is sent when it is back', async () => {
  const core = farSide()
  core.setAway(true)
  drafts.edit(null, named('typed while away'))
  await drafts.flush()
  expect(useDrafts.getState().drafts.get('new')?.name).toBe('typed while away')
  core.setAway(false)
  await drafts.flush()
  expect(core.stored.get(null)?.name).toBe('typed while away')
})

test('a form that is thrown away while the core is away does not come back with it', async () => {
  const core = farSide()
  drafts.edit(ID, named('typed'))
  await drafts.flush()
  core.setAway(true)
  await expect(drafts.discard(ID)).rejects.toThrow('away')
  core.setAway(false)
  await Promise.all([drafts.read(), drafts.flush()])
  expect(useDrafts.getState().drafts.has(ID)).toBe(false)
  expect(core.stored.has(ID)).toBe(false)
})

test('what is typed while a form is being thrown away in vain is sent all the same', async () => {
  const core = farSide()
  core.setAway(true)
  const open = core.hold()
  const discarded = drafts.discard(ID).catch(() => 'failed')
  drafts.edit(ID, named('typed since'))
  const flushed = drafts.flush()
  open()
  expect(await discarded).toBe('failed')
  await flushed
  core.setAway(false)
  await drafts.flush()
  expect(core.stored.get(ID)?.name).toBe('typed since')
})

test('what the core refuses is not sent again and again, only once it is another text', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const core = farSide()
  drafts.edit(ID, named('too large'))
  await vi.advanceTimersByTimeAsync(20_000)
  expect(core.puts()).toBe(1)
  drafts.edit(ID, named('shorter'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(core.stored.get(ID)?.name).toBe('shorter')
})

test('what was typed here is not replaced by what an earlier page left', async () => {
  const core = farSide()
  core.stored.set(ID, named('earlier'))
  core.stored.set(null, named('begun'))
  drafts.edit(ID, named('typed now'))
  await drafts.read()
  const { drafts: all, isRead } = useDrafts.getState()
  expect(isRead).toBe(true)
  expect(all.get(ID)?.name).toBe('typed now')
  expect(all.get('new')?.name).toBe('begun')
})
