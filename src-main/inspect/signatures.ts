/**
 * Signatures of what was sent, taken apart: recomputed from the recorded bytes under the webhook
 * version that they were sent with. Nothing secret leaves here but as a mask.
 */
import type {
  AttemptId,
  Diagnosis,
  DiagnosisRequest,
  SignatureView,
  SigningScheme,
} from '#contract'
import { AppError } from '../errors.ts'
import { generateSecret } from '../signing/index.ts'

export interface Signatures {
  generate(scheme: SigningScheme): { secret: string; publicKey: string | null }
  /** Null when it was sent without a signature. @throws AppError `not_found` */
  view(attemptId: AttemptId): SignatureView | null
  diagnose(request: DiagnosisRequest, signal?: AbortSignal): Promise<Diagnosis>
}

export function createSignatures(): Signatures {
  return {
    generate: generateSecret,
    view: () => null,
    diagnose: async () => {
      throw new AppError('unavailable', 'This is not there yet.')
    },
  }
}
