/** Files that are dropped anywhere in the window are imported; left alone, a browser would open them. */
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { importDialog } from '../state/import-dialog.ts'
import { say } from '../ui/say.ts'
import classes from './interchange.module.css'

export function DropTarget() {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const abort = new AbortController()
    const listen = (
      type: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
      hear: (event: DragEvent) => void,
    ) =>
      addEventListener(
        type,
        (event) => {
          if (event.dataTransfer?.types.includes('Files')) hear(event)
        },
        { signal: abort.signal, capture: true },
      )
    const take = (event: DragEvent) => {
      event.preventDefault()
      event.stopPropagation()
    }
    listen('dragenter', (event) => {
      take(event)
      setOver(true)
    })
    listen('dragover', take)
    listen('dragleave', (event) => {
      // It leaves each element that it passes; the window it leaves for nothing.
      if (event.relatedTarget === null) setOver(false)
    })
    listen('drop', (event) => {
      take(event)
      setOver(false)
      const [file, ...more] = event.dataTransfer?.files ?? []
      if (file) void importDialog.openFile(file)
      if (more.length > 0) say('Drop one file at a time: the others were left out.')
    })
    return () => abort.abort()
  }, [])
  if (!isOver) return null
  return (
    <div className={classes.drop} role="status">
      <IconFileImport size={32} aria-hidden />
      <p>Drop the file to see what is in it.</p>
      <p className={classes.quiet}>HAR, cURL, raw HTTP, JSON, Hookstage file</p>
    </div>
  )
}
