/** The parts that were signed, as the one string that they make. */
import { MASK_CHARACTER, type SignedPart } from '#contract'

export interface SignedText {
  readonly text: string
  /** It is byte for byte what was signed: nothing is cut, masked or no text. */
  readonly isExact: boolean
}

export function signedText(parts: readonly SignedPart[]): SignedText {
  return {
    text: parts.map(({ text }) => text ?? '').join(''),
    isExact: parts.every((part) => part.kind === 'text' || isWhole(part)),
  }
}

function isWhole({ text, cut, bytes }: Extract<SignedPart, { kind: 'body' }>): boolean {
  if (text === null || cut) return false
  const size = new TextEncoder().encode(text).length
  // A mask may by chance be as long as what it hides.
  return size === bytes && !text.includes(MASK_CHARACTER)
}

/** What a part is called; empty for what only joins. */
export function partLabel(part: SignedPart): string {
  return part.kind === 'body' ? 'body' : part.label
}
