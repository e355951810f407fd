/**
 * The page's files: read once from the build into a manifest and served from there, so that no path
 * of a request ever reaches the file system. index.html gets a fresh nonce each time.
 */
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

export interface StaticFile {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface StaticFiles {
  has(path: string): boolean
  /** @param connect origins besides its own that the page may connect to, for its policy */
  get(path: string, connect: readonly string[]): StaticFile | null
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const NONCE_MARK = '__CSP_NONCE__'
const INDEX = '/index.html'

/** @throws Error when the folder holds no build */
export function readStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, Buffer>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, file).split(sep).join('/')}`, readFileSync(file))
  }
  if (!files.has(INDEX)) throw new Error('there is no build of the page')
  const nameOf = (path: string) => (path === '/' ? INDEX : path)
  return {
    has: (path) => files.has(nameOf(path)),
    get: (path, connect) => {
      const name = nameOf(path)
      const body = files.get(name)
      if (!body) return null
      if (name === INDEX) return pageOf(body, connect)
      const headers = {
        'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
        // Built assets carry a hash of their content in their names.
        'cache-control': name.startsWith('/assets/')
          ? 'public, max-age=31536000, immutable'
          : 'no-store',
      }
      return { headers, body }
    },
  }
}

function pageOf(template: Buffer, connect: readonly string[]): StaticFile {
  const nonce = randomBytes(16).toString('base64url')
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(nonce, connect),
    },
    body: Buffer.from(template.toString('utf8').replaceAll(NONCE_MARK, nonce)),
  }
}

function contentSecurityPolicy(nonce: string, connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}
