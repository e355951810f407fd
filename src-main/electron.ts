/** Electron's entry: reads the flags and gives the Electron host its core and its files. */
import { join } from 'node:path'
import { app } from 'electron'
import { ownFlags, parseFlags } from './command-line.ts'
import { prepareApp, startApp } from './hosts/electron-app.ts'
import { createLog } from './log.ts'
import { openCore } from './services.ts'

const flags = parseFlags(ownFlags(process.argv.slice(app.isPackaged ? 1 : 2)))
if ('problem' in flags) {
  process.stderr.write(`${flags.problem}\n`)
  app.exit(2)
} else if (prepareApp(flags.dataDir)) {
  const { dataDir } = flags
  const log = createLog(dataDir)
  void startApp({
    dataDir,
    pageFolder: join(import.meta.dirname, '../renderer'),
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    openCore: (sealer) =>
      openCore({ dataDir, host: 'electron', log, ...(sealer ? { sealer } : {}) }),
    onError: (error) => log.error({ err: error }, 'the Electron host failed'),
  })
} else {
  app.quit()
}
