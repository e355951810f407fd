/** signing.*: secrets to sign with, and what signatures are made of. */
import type { Services } from '../services.ts'
import type { Implementer } from './router.ts'

export function signingHandlers(os: Implementer, { signatures }: Services) {
  return {
    generate: os.signing.generate.handler(({ input }) => signatures.generate(input.scheme)),
    publicKey: os.signing.publicKey.handler(({ input }) => ({
      publicKey: signatures.publicKey(input.secret),
    })),
    view: os.signing.view.handler(({ input }) => ({ signature: signatures.view(input.attemptId) })),
    diagnose: os.signing.diagnose.handler(({ input, signal }) =>
      signatures.diagnose(input, signal),
    ),
  }
}
