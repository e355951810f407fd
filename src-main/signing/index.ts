/** Signatures: made over the bytes that are sent, taken apart again, and explained. */
export {
  type DoctorCase,
  type NamedSecret,
  trials,
  withoutMatch,
} from './doctor.ts'
export { explain } from './explain.ts'
export { generateSecret, publicKeyOf } from './key.ts'
export { readPastedRequest } from './pasted-request.ts'
export { isSignatureHeader, signatureHeaders, specOf } from './scheme.ts'
export { exampleNotes, type SigningTexts, signingKeys, signingProblems } from './settings.ts'
export { sign } from './sign.ts'
