/** `multipart/form-data` bodies (RFC 7578), put together as curl and browsers do. Text is Latin-1. */
import { createHash } from 'node:crypto'

export interface FormPart {
  readonly name: string | null
  readonly value: string
  readonly fileName: string | null
  readonly type: string | null
  /** Header lines of its own. */
  readonly headers: readonly string[]
}

export interface Multipart {
  readonly contentType: string
  readonly body: Buffer
}

export function multipartOf(parts: readonly FormPart[]): Multipart {
  const boundary = boundaryFor(parts)
  const pieces = parts.map((part) => `--${boundary}\r\n${headerOf(part)}\r\n\r\n${part.value}\r\n`)
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.from(`${pieces.join('')}--${boundary}--\r\n`, 'latin1'),
  }
}

function headerOf({ name, fileName, type, headers }: FormPart): string {
  const named = name === null ? '' : `; name="${escaped(name)}"`
  const file = fileName === null ? '' : `; filename="${escaped(fileName)}"`
  return [
    `Content-Disposition: form-data${named}${file}`,
    ...(type === null ? [] : [`Content-Type: ${type}`]),
    ...headers,
  ].join('\r\n')
}

/** As WHATWG writes names (HTML, 4.10.21.8). */
function escaped(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
}

/** The same for the same parts, and in none of them. */
function boundaryFor(parts: readonly FormPart[]): string {
  for (let salt = 0; ; salt++) {
    const hash = createHash('sha256')
      .update(`${salt}${JSON.stringify(parts)}`)
      .digest('hex')
    const boundary = `------------------------${hash.slice(0, 16)}`
    if (!parts.some(({ value }) => value.includes(boundary))) return boundary
  }
}
