/** A hex dump of any length: offset, sixteen bytes, and what of them is printable ASCII. */
import { useCallback } from 'react'
import { VirtualList } from '../ui/virtual-list.tsx'
import classes from './message.module.css'
import { hexRow, hexRowCount } from './wire-text.ts'

const ROW_PX = 18

export function HexView({ bytes, label }: { readonly bytes: Uint8Array; readonly label: string }) {
  const draw = useCallback(
    (index: number) => {
      const row = hexRow(bytes, index)
      return (
        <div className={classes.hexRow}>
          <span className={classes.hexOffset}>{row.offset}</span>
          <span>{row.hex}</span>
          <span>{row.ascii}</span>
        </div>
      )
    },
    [bytes],
  )
  return <VirtualList count={hexRowCount(bytes)} rowPx={ROW_PX} label={label} draw={draw} />
}
