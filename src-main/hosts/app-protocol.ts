/**
 * `app://hookstage/`: the page's files inside Electron, from the same manifest as in the browser
 * host. GET and HEAD only; nothing of the request's path reaches the file system.
 */
import { type Protocol, protocol } from 'electron'
import type { StaticFiles } from './static-files.ts'

export const APP_ORIGIN = 'app://hookstage'

/** Has to be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** @param own the protocol object of the window's session */
export function serveAppScheme(own: Protocol, files: StaticFiles): void {
  own.handle('app', ({ url, method }) => {
    const { host, pathname } = new URL(url)
    const file = host === 'hookstage' ? files.get(pathname, []) : null
    if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405 })
    if (!file) return new Response(null, { status: 404 })
    const headers = { ...file.headers, 'x-content-type-options': 'nosniff' }
    return new Response(method === 'HEAD' ? null : new Uint8Array(file.body), { headers })
  })
}
