/**
 * Content that curl percent-encodes (curl's manual, “--data-urlencode”), and the texts that stand in the
 * place of files there. Text is Latin-1: one character is one byte. No file is read.
 */

/** Why it cannot be imported, in words. */
export interface RefusedContent {
  readonly refused: string
}

export const FILE = 'names a file, which Hookstage does not read: put its text there'

/**
 * `content`, `=content`, `name=content`, `@file` or `name@file`, as --data-urlencode and --url-query
 * have it: an equals sign counts before an @, and the name stands as it is.
 * @param option without its hyphens
 */
export function encodedOf(
  option: string,
  value: string,
  stdin: string | null,
): string | RefusedContent {
  const equals = value.indexOf('=')
  if (equals >= 0) return named(value.slice(0, equals), value.slice(equals + 1))
  const at = value.indexOf('@')
  if (at < 0) return percentEncoded(value)
  const read = contentOfFile(option, value.slice(at + 1), stdin)
  return typeof read === 'string' ? named(value.slice(0, at), read) : read
}

function named(name: string, content: string): string {
  return (name === '' ? '' : `${name}=`) + percentEncoded(content)
}

function percentEncoded(bytes: string): string {
  return bytes.replace(/[^A-Za-z0-9\-._~]/g, (byte) =>
    byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** @param name of a file, of which only `-` is known: the command's input */
export function contentOfFile(
  option: string,
  name: string,
  stdin: string | null,
): string | RefusedContent {
  if (name !== '-') return { refused: `--${option} @… ${FILE}.` }
  const unknown = `--${option} @- reads what another program writes, which is not known here.`
  return stdin ?? { refused: unknown }
}
