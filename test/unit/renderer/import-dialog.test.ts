/** What stands in the import dialog when files are read slowly and texts change meanwhile. */
import { beforeEach, expect, test } from 'vitest'
import {
  givenOf,
  importDialog,
  useImportDialog,
} from '../../../src-renderer/state/import-dialog.ts'

const { getState: get } = useImportDialog

/** A file whose bytes are there when the test says so. */
function slowFile(name: string, text: string) {
  let read = () => {}
  const file = new File([text], name)
  const bytes = new Promise<ArrayBuffer>((resolve) => {
    read = () => resolve(new TextEncoder().encode(text).buffer)
  })
  Object.defineProperty(file, 'arrayBuffer', { value: () => bytes })
  return { file, read: () => read() }
}

beforeEach(() => {
  importDialog.dropFile()
  importDialog.type('')
  importDialog.close()
})

test('of two files the one that was chosen last stays, whichever is read first', async () => {
  const large = slowFile('large', 'large')
  const small = slowFile('small', 'small')
  const opened = [importDialog.openFile(large.file), importDialog.openFile(small.file)]
  small.read()
  large.read()
  await Promise.all(opened)
  expect(get().file?.name).toBe('small')
})

test('a file that is still being read does not come back once the text was asked for', async () => {
  const large = slowFile('large', 'large')
  importDialog.type('curl http://x/')
  const opened = importDialog.openFile(large.file)
  importDialog.dropFile()
  large.read()
  await opened
  expect(get().file).toBeNull()
  expect(givenOf(get())?.source).toEqual({ kind: 'text', text: 'curl http://x/' })
})

test('what was imported leaves and closes the dialog', () => {
  importDialog.open()
  importDialog.type('curl http://x/')
  importDialog.clear(get().version)
  expect(get()).toMatchObject({ isOpen: false, text: '' })
})

test('what was typed or chosen while something was imported stays', async () => {
  importDialog.open()
  importDialog.type('curl http://x/')
  const { version } = get()
  importDialog.type('curl http://y/')
  importDialog.clear(version)
  expect(get()).toMatchObject({ isOpen: true, text: 'curl http://y/' })

  const before = get().version
  await importDialog.openFile(new File(['{}'], 'next.json'))
  importDialog.clear(before)
  expect(get().file?.name).toBe('next.json')
  expect(get().text).toBe('curl http://y/')
})
