/** What the user sets for the whole workspace, and the core's own state. */
import { z } from 'zod'
import { compareRulesSchema, DEFAULT_COMPARE_RULES } from './compare.ts'
import { askedHostSchema } from './host.ts'
import { DEFAULT_NETWORK, networkSchema } from './network.ts'
import { NO_RETRY, queueStateSchema, retrySchema } from './retry.ts'
import { DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS, MIN_TIMEOUT_MS } from './webhook.ts'

export const DEFAULT_RECEIVERS_PORT = 4781

/** Within these the history can be limited. */
export const RETENTION_BOUNDS = {
  maxAgeDays: { from: 1, to: 3_650 },
  maxMb: { from: 10, to: 100_000 },
} as const

function bounded({ from, to }: { readonly from: number; readonly to: number }) {
  return z.number().int().min(from).max(to).nullable()
}

/** How much of the history is kept; null: all of it. */
export const retentionSchema = z.object({
  maxAgeDays: bounded(RETENTION_BOUNDS.maxAgeDays),
  maxMb: bounded(RETENTION_BOUNDS.maxMb),
})
export type Retention = z.infer<typeof retentionSchema>

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** For new webhooks. */
  defaultTimeoutMs: z.number().int().min(MIN_TIMEOUT_MS).max(MAX_TIMEOUT_MS),
  /** For new webhooks. */
  defaultRetry: retrySchema,
  network: networkSchema,
  retention: retentionSchema,
  /** What does not count as a difference, in all comparisons. */
  compareRules: compareRulesSchema,
  /** 0: any free port. */
  receiversPort: z.number().int().min(0).max(65_535),
})
export type Settings = z.infer<typeof settingsSchema>

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  defaultTimeoutMs: DEFAULT_TIMEOUT_MS,
  defaultRetry: NO_RETRY,
  network: DEFAULT_NETWORK,
  retention: { maxAgeDays: null, maxMb: null },
  compareRules: [...DEFAULT_COMPARE_RULES],
  receiversPort: DEFAULT_RECEIVERS_PORT,
}

/** Something the user should know once, such as a database that was set aside. */
export const noticeSchema = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  title: z.string(),
  message: z.string(),
})
export type Notice = z.infer<typeof noticeSchema>

export const statusSchema = z.object({
  version: z.string(),
  host: z.enum(['electron', 'browser', 'memory']),
  dataDir: z.string(),
  databaseBytes: z.number(),
  /** How secrets are sealed at rest, in words. */
  secretsAtRest: z.string(),
  queued: z.number().int(),
  sending: z.number().int(),
  waiting: z.number().int(),
  queue: queueStateSchema,
  receivers: z.object({
    listening: z.boolean(),
    port: z.number().int().nullable(),
    problem: z.string().nullable(),
  }),
  /** Hosts that the user has to decide on before what waits for them is sent. */
  askedHosts: z.array(askedHostSchema),
  notices: z.array(noticeSchema),
})
export type Status = z.infer<typeof statusSchema>
