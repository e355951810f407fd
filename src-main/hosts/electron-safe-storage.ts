/** Seals secrets with the system's key store, by Electron's asynchronous `safeStorage`. */
import { safeStorage } from 'electron'
import type { SecretSealer } from '../store/secret-sealer.ts'

/** Null where the system has no key store to use; then a key file serves. */
export async function createSystemSealer(): Promise<SecretSealer | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null
  const isPlain =
    process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
  return {
    scheme: 'electron-safe-storage',
    describe: () =>
      isPlain
        ? 'This Linux desktop offers no key store, so secrets are only obscured, not protected.'
        : 'Encrypted with the key store of your system.',
    seal: (text) => safeStorage.encryptStringAsync(text),
    open: async (blob) => (await safeStorage.decryptStringAsync(Buffer.from(blob))).result,
  }
}
