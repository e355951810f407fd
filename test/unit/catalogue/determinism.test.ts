import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EVENT_NAMES } from '#contract'
import { generateSample, sampleAttendees } from '../../../src-main/catalogue/index.ts'

const run = promisify(execFile)
const SEEDS = [0, 1, 2, 1234, 2_147_483_647]

/** Of samples of each event and of the attendees. Changes only when the samples are meant to. */
const GOLDEN = 'b0353150085887d7a920d3cbf097efd61b220a5f89f3f18d1869dbd8be950242'

function digest(): string {
  const samples = EVENT_NAMES.flatMap((event) => SEEDS.map((seed) => generateSample(event, seed)))
  return createHash('sha256')
    .update(JSON.stringify([samples, sampleAttendees()]))
    .digest('hex')
}

const catalogue = new URL('../../../src-main/catalogue/index.ts', import.meta.url)
const contract = new URL('../../../src-preload/contract/index.ts', import.meta.url)
const script = `
  import { createHash } from 'node:crypto'
  import { EVENT_NAMES } from ${JSON.stringify(pathToFileURL(contract.pathname).href)}
  import { generateSample, sampleAttendees } from ${JSON.stringify(pathToFileURL(catalogue.pathname).href)}
  const samples = EVENT_NAMES.flatMap((event) =>
    ${JSON.stringify(SEEDS)}.map((seed) => generateSample(event, seed)))
  const text = JSON.stringify([samples, sampleAttendees()])
  const zone = Intl.DateTimeFormat().resolvedOptions()
  console.log(JSON.stringify({
    digest: createHash('sha256').update(text).digest('hex'),
    hours: new Date(0).getHours(), zone: zone.timeZone, locale: zone.locale,
  }))
`

async function elsewhere(settings: Record<string, string>) {
  const env = { PATH: process.env.PATH ?? '', ...settings }
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env })
  return JSON.parse(stdout) as { digest: string; hours: number; zone: string; locale: string }
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('a seed', () => {
  it('gives the same payload twice, and one that its caller may change', () => {
    for (const event of EVENT_NAMES) {
      const sample = generateSample(event, 7)
      const text = JSON.stringify(sample)
      expect(generateSample(event, 7)).toEqual(sample)
      scribble(sample)
      expect(JSON.stringify(sample)).not.toBe(text)
      expect(JSON.stringify(generateSample(event, 7))).toBe(text)
    }
  })

  it('gives the payloads that it always gave', () => {
    expect(digest()).toBe(GOLDEN)
  })

  it.each([
    [{ TZ: 'Pacific/Auckland', LANG: 'en_NZ.UTF-8' }, 12, 'en-NZ'],
    [{ TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8' }, 20, 'de-DE'],
    [{ TZ: 'Asia/Dubai', LC_ALL: 'ar_EG.UTF-8' }, 4, 'ar-EG'],
    [{ TZ: 'UTC', LC_ALL: 'tr_TR.UTF-8' }, 0, 'tr-TR'],
  ])('gives the same payloads under %o', async (settings, hours, locale) => {
    const there = await elsewhere(settings)
    expect(there).toEqual({ digest: GOLDEN, hours, zone: settings.TZ, locale })
  })

  it('gives the same payloads on any date, whatever chance says', async () => {
    vi.useFakeTimers({ now: Date.UTC(2041, 6, 9) })
    vi.spyOn(Math, 'random').mockReturnValue(0.123)
    vi.resetModules()
    const fresh = await import('../../../src-main/catalogue/index.ts')
    expect(fresh.generateSample('meeting.booked', 7)).toEqual(generateSample('meeting.booked', 7))
    expect(fresh.sampleAttendees()).toEqual(sampleAttendees())
    expect(digest()).toBe(GOLDEN)
    expect(Math.random).not.toHaveBeenCalled()
  })
})

/** Changes every text and empties every list. */
function scribble(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    scribble(member)
    if (typeof member === 'string') Reflect.set(value, key, 'changed')
  }
  if (Array.isArray(value)) value.length = 0
}
