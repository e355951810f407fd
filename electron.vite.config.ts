import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const { version } = JSON.parse(readFileSync(resolve('package.json'), 'utf8')) as { version: string }
const define = { __HOOKSTAGE_VERSION__: JSON.stringify(version) }

export default defineConfig({
  main: {
    define,
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          launch: resolve('src-main/launch.ts'),
          electron: resolve('src-main/electron.ts'),
          serve: resolve('src-main/serve.ts'),
          // Started by what is built from write-link.ts, which looks for it beside itself.
          'write-thread': resolve('src-main/store/write-thread.ts'),
          // Likewise, from recognise-apart.ts.
          'recognise-thread': resolve('src-main/transfer/recognise-thread.ts'),
        },
        output: { format: 'es', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  // A sandboxed preload must be one bundled CommonJS file with nothing external but electron.
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve('src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve('src-renderer'),
    define,
    plugins: [react()],
    build: {
      outDir: resolve('out/renderer'),
      emptyOutDir: true,
      rollupOptions: { input: resolve('src-renderer/index.html') },
    },
  },
})
