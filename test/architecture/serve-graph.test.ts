import { resolve } from 'node:path'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { ROOT } from './sources.ts'

/** What ends up outside the bundle of an entry: packages, node's modules, and electron if it is there. */
async function externalsOf(entry: string): Promise<Set<string>> {
  const externals = new Set<string>()
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: resolve(ROOT, entry),
      write: false,
      rollupOptions: {
        external: (id) => {
          if (id.startsWith('.') || id.startsWith('/') || id.startsWith('#')) return false
          externals.add(id)
          return true
        },
      },
    },
  })
  return externals
}

describe('the browser host', () => {
  it('reaches nothing of Electron', async () => {
    const externals = await externalsOf('src-main/serve.ts')
    expect(externals).toContain('better-sqlite3')
    expect([...externals].filter((name) => name.startsWith('electron'))).toEqual([])
  })

  it('would be caught if it did', async () => {
    expect(await externalsOf('src-main/electron.ts')).toContain('electron')
  })
})
