/**
 * A text sealed with a passphrase: AES-256-GCM under a key that scrypt makes of it (RFC 7914), with
 * a salt and a nonce of its own. A wrong passphrase and a changed file look the same.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'

/** About 64 MB and a fifth of a second. */
const COST = 2 ** 16
const BLOCK = 8
const KEY_BYTES = 32

const base64Schema = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/)
export const sealedContentSchema = z.object({
  cipher: z.literal('aes-256-gcm'),
  kdf: z.literal('scrypt'),
  cost: z.literal(COST),
  block: z.literal(BLOCK),
  salt: base64Schema,
  nonce: base64Schema,
  tag: base64Schema,
  data: base64Schema,
})
export type SealedContent = z.infer<typeof sealedContentSchema>

export async function sealText(text: string, passphrase: string): Promise<SealedContent> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), nonce)
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return {
    cipher: 'aes-256-gcm',
    kdf: 'scrypt',
    cost: COST,
    block: BLOCK,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  }
}

/** Null when the passphrase is another one, or the file was changed. */
export async function openText(sealed: SealedContent, passphrase: string): Promise<string | null> {
  const part = (text: string) => Buffer.from(text, 'base64')
  const key = await keyOf(passphrase, part(sealed.salt))
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, part(sealed.nonce), { authTagLength: 16 })
    decipher.setAuthTag(part(sealed.tag))
    return decipher.update(sealed.data, 'base64', 'utf8') + decipher.final('utf8')
  } catch {
    return null
  }
}

/** The same passphrase typed on another keyboard may be other code points. */
function keyOf(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  const options = { N: COST, r: BLOCK, p: 1, maxmem: 256 * COST * BLOCK }
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
