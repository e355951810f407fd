/**
 * Bytes as words of a POSIX shell that survive being pasted into a terminal: single quotes where the
 * bytes are printable, octal escapes for `printf` where they are not. A terminal turns carriage
 * returns and control characters into something else, and bash looks for `!` in the later lines of
 * a quoted text, so these go through `printf` too.
 */

/** An argument may hold 128 KB (Linux, MAX_ARG_STRLEN); room is left for the quoting. */
const MAX_WORD_BYTES = 100_000

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** A word for text whose characters are bytes (Latin-1). It must not end in line feeds, nor hold NUL. */
export function byteWord(latin1: string): string {
  return /^[\x20-\x7e]*$/.test(latin1)
    ? quoted(latin1)
    : `"$(${printfOf(Buffer.from(latin1, 'latin1'))})"`
}

/** Text that can stand in quotes; null when the bytes have to go through `printfOf`. */
export function quotableText(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_WORD_BYTES) return null
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
  const hasControls = /[^\P{Cc}\n]/u.test(text)
  const isExpandedByBash = text.includes('\n') && /!|^\^/m.test(text)
  return hasControls || isExpandedByBash ? null : text
}

/** A command that writes the bytes to its standard output. */
export function printfOf(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const calls: string[] = []
  for (let at = 0; at === 0 || at < latin1.length; at += PIECE_BYTES) {
    calls.push(`printf '${latin1.slice(at, at + PIECE_BYTES).replace(ESCAPED, octal)}'`)
  }
  return calls.length === 1 ? (calls[0] ?? '') : `{ ${calls.join('; ')}; }`
}

/** Each may become four characters. */
const PIECE_BYTES = MAX_WORD_BYTES / 4
/**
 * What is not printable, what means something to the shell's quotes, its history or printf, and a `-`
 * where a format would be read as an option.
 */
const ESCAPED = /[^\x20-\x7e]|[!%'\\]|^-/g

function octal(character: string): string {
  return OCTAL[character.charCodeAt(0)] ?? ''
}

const OCTAL = Array.from({ length: 256 }, (_, byte) => `\\${byte.toString(8).padStart(3, '0')}`)
