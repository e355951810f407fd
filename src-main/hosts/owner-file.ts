/**
 * Says who owns a data folder, for a second start: which host, and for the browser host where to ask
 * for a fresh link. Private, since it holds the token that asking takes.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { LINK_PATH } from './loopback-guard.ts'

const ownerSchema = z.object({
  pid: z.number().int(),
  host: z.enum(['electron', 'browser']),
  port: z.number().int().nullable(),
  token: z.string(),
})
export type Owner = z.infer<typeof ownerSchema>

const nameIn = (dataDir: string) => join(dataDir, 'owner.json')

export function writeOwner(dataDir: string, owner: Owner): void {
  writeFileSync(nameIn(dataDir), JSON.stringify(owner), { mode: 0o600 })
}

export function removeOwner(dataDir: string): void {
  rmSync(nameIn(dataDir), { force: true })
}

/** Null when nobody has written one that can be read. */
export function readOwner(dataDir: string): Owner | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(nameIn(dataDir), 'utf8')))
  } catch {
    return null
  }
}

const ANSWER_MS = 3_000

/** A fresh link to the running browser host; null when it does not answer, or is no browser host. */
export async function askForLink(owner: Owner): Promise<string | null> {
  if (owner.host !== 'browser' || owner.port === null) return null
  const origin = `http://127.0.0.1:${owner.port}`
  try {
    const response = await fetch(origin + LINK_PATH, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${owner.token}`,
        'content-type': 'application/json',
        origin,
      },
      body: '{}',
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    return response.ok ? z.object({ url: z.string() }).parse(await response.json()).url : null
  } catch {
    return null
  }
}
