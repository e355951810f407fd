/** The foot of the window: do receivers listen, what is in flight, how large the database is. */
import {
  IconCircleCheckFilled,
  IconCircleX,
  IconLoader2,
  IconPlugConnectedX,
} from '@tabler/icons-react'
import type { Status } from '#contract'
import { useConnection } from '../state/connection.ts'
import { useStatus } from '../state/status.ts'
import { formatBytes } from '../ui/bytes.ts'
import { QueueControls } from './queue-controls.tsx'
import classes from './status-bar.module.css'

export function StatusBar() {
  const status = useStatus((state) => state.status)
  const connection = useConnection((state) => state.state)
  return (
    <footer className={classes.bar}>
      {connection === 'connected' || connection === 'connecting' ? (
        status && <Receivers {...status.receivers} />
      ) : (
        <span className={classes.item} data-tone="bad">
          <IconPlugConnectedX size={14} aria-hidden />{' '}
          {connection === 'away' ? 'Hookstage is away' : 'no access'}
        </span>
      )}
      {status ? (
        <>
          <QueueControls status={status} />
          <span className={classes.item} title={status.dataDir}>
            database {formatBytes(status.databaseBytes)}
          </span>
        </>
      ) : connection === 'refused' ? null : (
        <span className={classes.item}>
          <IconLoader2 size={14} className={classes.turning} aria-hidden /> Connecting…
        </span>
      )}
      <span className={classes.version}>v{__HOOKSTAGE_VERSION__}</span>
    </footer>
  )
}

function Receivers({ listening, port, problem }: Status['receivers']) {
  if (listening && port !== null) {
    return (
      <span className={classes.item} data-tone="good">
        <IconCircleCheckFilled size={14} aria-hidden /> Receivers on :{port}
      </span>
    )
  }
  return (
    <span className={classes.item} data-tone="bad" title={problem ?? undefined}>
      <IconCircleX size={14} aria-hidden /> Receivers do not listen
    </span>
  )
}
