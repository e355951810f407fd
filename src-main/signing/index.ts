/** Signatures: made over the bytes that are sent, taken apart again, and explained. */
export { explain } from './explain.ts'
export { generateSecret } from './key.ts'
export { exampleNotes, type SigningTexts, signingKeys, signingProblems } from './settings.ts'
export { sign } from './sign.ts'
