/** A real store in a folder of its own, closed after the test. */
import { onTestFinished } from 'vitest'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import { openStore, type Store } from '../../src-main/store/index.ts'
import { tempFolder } from './temp-folder.ts'

export function tempStore(path: string = tempFolder()): Store {
  const folder = claimDataFolder(path)
  const store = openStore(folder, Date.now())
  onTestFinished(() => {
    store.close()
    folder.release()
  })
  return store
}
