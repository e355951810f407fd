/** The workspace's settings and marks; a value that no longer parses falls back to its default. */
import { z } from 'zod'
import { clockSpeedSchema, DEFAULT_SETTINGS, type Settings, settingsSchema } from '#contract'
import type { Database } from './database.ts'

/** The settings to change; what is undefined stays. */
export type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined }

const queueSettingsSchema = z.object({
  paused: z.boolean(),
  clock: z.object({ speed: clockSpeedSchema, aheadMs: z.number() }),
  gates: z
    .object({
      holds: z.array(z.object({ endpoint: z.string(), untilMs: z.number() })).readonly(),
      starts: z
        .array(z.object({ endpoint: z.string(), atMs: z.array(z.number()).readonly() }))
        .readonly(),
    })
    .default({ holds: [], starts: [] }),
})
/** Sending as a whole, as it was left. */
export type QueueSettings = z.infer<typeof queueSettingsSchema>

export interface SettingsStore {
  get(): Settings
  update(change: SettingsChange): Settings
  /** What the dispatcher keeps for the next start; null the first time. */
  queue(): QueueSettings | null
  keepQueue(queue: QueueSettings): void
  /** Sets a mark and answers whether it was unset before. */
  markOnce(name: string): boolean
}

export function createSettingsStore(db: Database): SettingsStore {
  const select = db.prepare<[string], { value: string }>(
    'SELECT value FROM settings WHERE name = ?',
  )
  const upsert = db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)')
  const insert = db.prepare('INSERT OR IGNORE INTO settings (name, value) VALUES (?, ?)')

  function get(): Settings {
    const row = select.get('workspace')
    if (!row) return DEFAULT_SETTINGS
    const parsed = settingsSchema.partial().safeParse(JSON.parse(row.value))
    return settingsSchema.parse({ ...DEFAULT_SETTINGS, ...(parsed.success ? parsed.data : {}) })
  }

  return {
    get,
    update: (change) => {
      const settings = settingsSchema.parse({ ...get(), ...definedOnly(change) })
      upsert.run('workspace', JSON.stringify(settings))
      return settings
    },
    queue: () => {
      const row = select.get('queue')
      const parsed = row && queueSettingsSchema.safeParse(JSON.parse(row.value))
      return parsed?.success ? parsed.data : null
    },
    keepQueue: (queue) => {
      upsert.run('queue', JSON.stringify(queue))
    },
    markOnce: (name) => insert.run(`mark:${name}`, 'true').changes === 1,
  }
}

function definedOnly(change: SettingsChange): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
