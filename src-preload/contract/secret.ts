/**
 * A text that may be secret. The renderer holds what the user is typing (`plain`, or `secret` until
 * it is saved) and, for what the core keeps, only a mask and an id (`kept`). The value of a kept
 * secret crosses to the renderer through `secret.reveal` alone, one at a time.
 */
import { z } from 'zod'
import { secretIdSchema } from './ids.ts'

export const keptSecretSchema = z.object({
  kind: z.literal('kept'),
  secretId: secretIdSchema,
  /** `Bearer ••••••••1234`, or a URL whose secret part is masked so. */
  mask: z.string(),
  /** False when the key that sealed it is not at hand: it has to be entered again. */
  readable: z.boolean(),
})
export type KeptSecret = z.infer<typeof keptSecretSchema>

/** Of any text of a form: far more than can be saved, so that whatever was pasted is kept and explained. */
export const MAX_TYPED_CHARACTERS = 1_048_576

export const secretTextSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plain'), text: z.string().max(MAX_TYPED_CHARACTERS) }),
  z.object({ kind: z.literal('secret'), text: z.string().max(MAX_TYPED_CHARACTERS) }),
  keptSecretSchema,
])
export type SecretText = z.infer<typeof secretTextSchema>

/** The character a hidden value is shown with. */
export const MASK_CHARACTER = '•'

/** What stands for a hidden value, however long it is. */
export const HIDDEN_TEXT = MASK_CHARACTER.repeat(8)

/** What may be shown of a text: itself when plain, else its mask. */
export function shownText(value: SecretText): string {
  if (value.kind === 'plain') return value.text
  return value.kind === 'kept' ? value.mask : HIDDEN_TEXT
}
