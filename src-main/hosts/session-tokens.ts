/**
 * What opens the browser host: one-time codes, which go into the address that is printed, and the
 * tokens that pages get for them. Tokens are kept as hashes in a private file, so that a page that is
 * open while Hookstage is started again finds its way back; at most 20 of them, for 30 days.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

export interface SessionTokens {
  /** A code that can be changed for a token once, within five minutes. */
  newCode(): string
  /** Null when the code is unknown, used or too old. */
  exchange(code: string): string | null
  isSession(token: string): boolean
  /** The port of the last start; null before the first. */
  lastPort(): number | null
  rememberPort(port: number): void
}

const CODE_LIFE_MS = 5 * 60 * 1000
const TOKEN_LIFE_MS = 30 * 24 * 60 * 60 * 1000
const MAX_TOKENS = 20

const stateSchema = z.object({
  port: z.number().int().nullable(),
  tokens: z.array(z.object({ hash: z.string(), issuedAtMs: z.number() })),
})

export function createSessionTokens(file: string, nowMs: () => number): SessionTokens {
  const codes = new Map<string, number>()
  let state = load(file)

  function update(change: Partial<typeof state>) {
    state = { ...state, ...change }
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
  }

  return {
    newCode: () => {
      const code = randomBytes(32).toString('base64url')
      codes.set(digest(code), nowMs() + CODE_LIFE_MS)
      return code
    },
    exchange: (code) => {
      const key = digest(code)
      const expiresAtMs = codes.get(key)
      codes.delete(key)
      if (expiresAtMs === undefined || expiresAtMs < nowMs()) return null
      const token = randomBytes(32).toString('base64url')
      const tokens = [{ hash: digest(token), issuedAtMs: nowMs() }, ...state.tokens]
      update({ tokens: tokens.slice(0, MAX_TOKENS) })
      return token
    },
    isSession: (token) => {
      const hash = Buffer.from(digest(token))
      return state.tokens.some(
        (known) =>
          known.issuedAtMs > nowMs() - TOKEN_LIFE_MS &&
          timingSafeEqual(hash, Buffer.from(known.hash)),
      )
    },
    lastPort: () => state.port,
    rememberPort: (port) => update({ port }),
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

function load(file: string): z.infer<typeof stateSchema> {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { port: null, tokens: [] }
  }
}
