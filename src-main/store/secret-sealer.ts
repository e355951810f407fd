/**
 * How secrets are sealed at rest. Electron has its own sealer (the system's key store); this one is
 * for plain Node: AES-256-GCM under a key file beside the database. It protects a copied database,
 * not against someone who can read this user's files.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { AppError } from '../errors.ts'

export interface SecretSealer {
  /** Stored with each secret: which sealer made it. */
  readonly scheme: string
  /** In words, for the settings screen. */
  describe(): string
  seal(text: string): Promise<Uint8Array>
  /** Rejects when the blob was made under another key or was changed. */
  open(blob: Uint8Array): Promise<string>
}

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** @throws AppError `unavailable` when the key file exists but cannot be read, or is not a key */
export function createKeyFileSealer(keyPath: string): SecretSealer {
  const key = loadKey(keyPath)
  return {
    scheme: 'key-file-aes-256-gcm',
    describe: () =>
      'Encrypted with a key file in the data folder. This protects a copied database, not against someone who can read your files.',
    seal: async (text) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },
    open: async (blob) => {
      const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, NONCE_BYTES))
      decipher.setAuthTag(blob.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      const opened = decipher.update(blob.subarray(NONCE_BYTES + TAG_BYTES))
      return Buffer.concat([opened, decipher.final()]).toString('utf8')
    },
  }
}

function loadKey(path: string): Buffer {
  const key = readKey(path)
  if (key.length === KEY_BYTES) return key
  throw new AppError(
    'unavailable',
    `The key ${path} is damaged: without it the secrets cannot be read. Put back a copy of it; or move it away, and enter the secrets anew.`,
  )
}

function readKey(path: string): Buffer {
  try {
    if (!existsSync(path)) writeFileSync(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' })
    return readFileSync(path)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'unavailable',
      `Hookstage cannot read the key ${path} (${detail}). Make it readable, or choose another folder with --data-dir.`,
    )
  }
}
