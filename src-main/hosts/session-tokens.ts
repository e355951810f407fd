/**
 * What opens the browser host: one-time codes, which go into the address that is printed, and the
 * tokens that pages get for them. Tokens are kept as hashes in a private file, so that a page that is
 * open while Hookstage is started again finds its way back; at most 20 of them, for 30 days. While
 * Hookstage is away another program could listen on its port, so before a page shows its token again
 * the host proves that it knows the token's hash, for the very origin that the page is on.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

export interface SessionTokens {
  /** A code that can be changed for a token once, within five minutes. */
  newCode(): string
  /** Null when the code is unknown, used or too old. */
  exchange(code: string): string | null
  isSession(token: string): boolean
  /**
   * HMAC-SHA256 of a text under the hash of the token with this id, in hex; null for an unknown one.
   * A token's hash is its SHA-256 in hex, its id the first 16 digits of the hash's own.
   */
  prove(id: string, text: string): string | null
  /** The port of the last start; null before the first. */
  lastPort(): number | null
  /** On another port than before, no token is known any more: the old one's pages cannot be there. */
  rememberPort(port: number): void
}

const CODE_LIFE_MS = 5 * 60 * 1000
const TOKEN_LIFE_MS = 30 * 24 * 60 * 60 * 1000
const MAX_TOKENS = 20
const ID_DIGITS = 16

const stateSchema = z.object({
  port: z.number().int().nullable(),
  tokens: z.array(z.object({ hash: z.string().length(64), issuedAtMs: z.number() })),
})

export function createSessionTokens(file: string, nowMs: () => number): SessionTokens {
  const codes = new Map<string, number>()
  let state = load(file)

  function update(change: Partial<typeof state>) {
    state = { ...state, ...change }
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }

  const valid = () => state.tokens.filter(({ issuedAtMs }) => issuedAtMs > nowMs() - TOKEN_LIFE_MS)

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
      return valid().some((known) => timingSafeEqual(hash, Buffer.from(known.hash)))
    },
    prove: (id, text) => {
      const known = valid().find(({ hash }) => digest(hash).slice(0, ID_DIGITS) === id)
      return known ? createHmac('sha256', known.hash).update(text).digest('hex') : null
    },
    lastPort: () => state.port,
    rememberPort: (port) => update(port === state.port ? { port } : { port, tokens: [] }),
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function load(file: string): z.infer<typeof stateSchema> {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { port: null, tokens: [] }
  }
}
