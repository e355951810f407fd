/** The captures' rows. Enter or a click shows one; Space, the box or Shift chooses several. */
import { Button, Checkbox } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowsDiff,
  IconFileExport,
  IconNote,
  IconPin,
  IconRepeat,
  IconTrash,
} from '@tabler/icons-react'
import { useCallback, useEffect, useRef } from 'react'
import {
  type CaptureId,
  type CaptureSummary,
  IMPORTED_RECEIVER,
  type Receiver,
  withoutVersion,
} from '#contract'
import { bulk } from '../state/bulk.ts'
import { mayHold } from '../state/capture-rows.ts'
import { captures, useCaptures } from '../state/captures.ts'
import { comparing } from '../state/compare.ts'
import { exporting } from '../state/exporting.ts'
import { importDialog } from '../state/import-dialog.ts'
import { counted, formatBytes } from '../ui/bytes.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { CopySecretButton } from '../ui/copy-secret-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { orSay, sayDone } from '../ui/or-say.ts'
import { useTicks } from '../ui/ticks.ts'
import { RelativeTime } from '../ui/time.tsx'
import { TryAgain } from '../ui/try-again.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import classes from './captures.module.css'

const ROW_PX = 48

interface CaptureListProps {
  readonly receivers: readonly Receiver[]
  /** Where something could be sent to. */
  readonly aim: Receiver | undefined
  readonly selected: CaptureId | null
  readonly onSelect: (id: CaptureId | null) => void
}

export function CaptureList({ receivers, aim, selected, onSelect }: CaptureListProps) {
  const { rows, nextCursor, phase, problem, filter, reading } = useCaptures()
  const { ticked, tick, tickRange, untick } = useTicks<CaptureId>(filter, (seq) =>
    mayHold({ rows, nextCursor }, seq),
  )
  useEffect(() => {
    bulk.chooseCaptures([...ticked])
    return () => bulk.chooseCaptures([])
  }, [ticked])
  const draw = useCallback(
    (index: number) => {
      const row = rows[index]
      if (!row) return <div className={classes.row} aria-busy />
      const name = row.imported
        ? 'Imported'
        : receivers.find(({ id }) => id === row.receiverId)?.name
      return (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
        // biome-ignore lint/a11y/noStaticElementInteractions: the list makes it a cell of its grid
        <div
          className={classes.row}
          data-current={row.id === selected || undefined}
          onClick={() => onSelect(row.id)}
        >
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={`Choose ${row.startLine}`}
            checked={ticked.has(row.id)}
            onClick={(event) => event.stopPropagation()}
            onChange={(event) => tick(row, event.currentTarget.checked)}
          />
          <CaptureRow
            row={row}
            receiver={receivers.length > 1 || row.imported ? name : undefined}
          />
        </div>
      )
    },
    [rows, receivers, selected, ticked, tick, onSelect],
  )
  const keyOf = useCallback((index: number) => rows[index]?.id ?? null, [rows])
  const list = useRef<HTMLDivElement>(null)
  /** The bar goes, and the focus on its button goes to the list. */
  const leaveBar = () => {
    untick()
    list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()
  }
  if (phase === 'failed') {
    return <TryAgain message={problem} onAgain={() => void captures.reload()} />
  }
  if (rows.length === 0 && phase === 'ready') {
    const isNarrowed = Boolean(filter.text?.trim()) || filter.isKept === true
    if (isNarrowed) return <EmptyState sentence="No capture matches." />
    return filter.receiverId === IMPORTED_RECEIVER ? (
      <EmptyState
        sentence="Nothing is imported."
        action={{ label: 'Import…', onClick: importDialog.open }}
      />
    ) : (
      <HowToSend aim={aim} />
    )
  }
  return (
    <>
      {ticked.size > 0 ? <ChosenBar ticked={ticked} onDone={leaveBar} /> : null}
      <div
        ref={list}
        className={phase === 'ready' ? classes.list : `${classes.list} ${classes.isStale}`}
      >
        <VirtualList
          key={reading}
          count={rows.length}
          rowPx={ROW_PX}
          label="Captures, newest first"
          draw={draw}
          keyOf={keyOf}
          onSee={captures.see}
          onRange={({ from, to, isTicked, isAnother }) =>
            tickRange(rows.slice(from, to + 1), isTicked, isAnother)
          }
        />
      </div>
      {problem === '' ? null : (
        <TryAgain
          message={`Older captures could not be read. ${problem}`}
          onAgain={() => void captures.readOn()}
        />
      )}
    </>
  )
}

interface CaptureRowProps {
  readonly row: CaptureSummary
  readonly receiver: string | undefined
}

function CaptureRow({ row, receiver }: CaptureRowProps) {
  // Without its parameters: a boundary says nothing, and would push the size out.
  const [mediaType = ''] = (row.contentType ?? 'no content type').split(';', 1)
  const facts = [receiver, mediaType.trim(), formatBytes(row.bodyBytes)]
  return (
    <>
      <span className={classes.rowText}>
        <span className={classes.line} title={row.startLine}>
          {lineOf(row)}
        </span>
        <span className={classes.facts}>
          {row.problem === null ? facts.filter(Boolean).join(' · ') : row.problem}
        </span>
      </span>
      <span className={classes.marks}>
        {row.problem === null ? null : (
          <IconAlertTriangle size={14} aria-label="Not a whole request" className={classes.bad} />
        )}
        {row.isKept ? <IconPin size={14} aria-label="Kept" /> : null}
        {row.note === '' ? null : (
          <span title={row.note}>
            <IconNote size={14} aria-label="Has a note" />
          </span>
        )}
      </span>
      <span className={classes.rowEnd}>
        <span>{row.status ?? '–'}</span>
        <span className={classes.quiet}>
          <RelativeTime atMs={row.receivedAtMs} />
        </span>
      </span>
    </>
  )
}

/** Method and path; of an import the whole URL, where it is known. */
function lineOf({ startLine, imported }: CaptureSummary): string {
  const plain = withoutVersion(startLine)
  return imported && imported.url !== '' ? `${plain.split(' ')[0] ?? ''} ${imported.url}` : plain
}

interface ChosenBarProps {
  readonly ticked: ReadonlySet<CaptureId>
  readonly onDone: () => void
}

function ChosenBar({ ticked, onDone }: ChosenBarProps) {
  const ids = [...ticked]
  /** A second press before the bar is gone is not a second deletion. */
  const isRemoving = useRef(false)
  const remove = async () => {
    if (isRemoving.current) return
    isRemoving.current = true
    const isDone = await removeCaptures(ids)
    isRemoving.current = false
    if (isDone) onDone()
  }
  return (
    <div className={classes.bar}>
      <span role="status">{ids.length} chosen</span>
      <span className={classes.spring} />
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconRepeat size={12} aria-hidden />}
        onClick={() =>
          bulk.show({ kind: 'new', source: { kind: 'captures', captureIds: [...ids] } })
        }
      >
        Replay these…
      </Button>
      {ids.length === 2 ? (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconArrowsDiff size={12} aria-hidden />}
          onClick={() =>
            comparing.openTwo(ids.map((captureId) => ({ kind: 'capture', captureId })))
          }
        >
          Compare
        </Button>
      ) : null}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPin size={12} aria-hidden />}
        onClick={() => void orSay(captures.setKept(ids, true)).then((isDone) => isDone && onDone())}
      >
        Keep
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconFileExport size={12} aria-hidden />}
        onClick={() =>
          exporting.open({
            source: { kind: 'captures', ids },
            words: counted(ids.length, 'capture', 'captures'),
          })
        }
      >
        Export…
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconTrash size={12} aria-hidden />}
        onClick={() => void remove()}
      >
        Delete
      </Button>
    </div>
  )
}

/** With a way back. Answers whether it was done. */
export function removeCaptures(ids: readonly CaptureId[]): Promise<boolean> {
  const work = captures.delete(ids).then(() => () => captures.restore(ids))
  return sayDone(work, `${counted(ids.length, 'capture was', 'captures were')} deleted.`)
}

function HowToSend({ aim }: { readonly aim: Receiver | undefined }) {
  if (!aim) return <EmptyState sentence="No requests yet." />
  if (aim.secretUrl) {
    return (
      <div className={classes.empty}>
        <p className={classes.sentence}>No requests yet. Aim a webhook at its URL.</p>
        <div>
          <CopySecretButton secret={aim.secretUrl} label="Copy the URL" />
        </div>
      </div>
    )
  }
  const curl = `curl -X POST ${aim.url} -H 'Content-Type: application/json' --data-raw '{"hello":"world"}'`
  return (
    <div className={classes.empty}>
      <p className={classes.sentence}>
        No requests yet. Aim a webhook here, or send one from a terminal:
      </p>
      <code className={classes.curl}>{curl}</code>
      <div>
        <CopyButton text={curl} label="Copy the command" />
      </div>
    </div>
  )
}
