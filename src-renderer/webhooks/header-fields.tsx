/**
 * The headers, in the order in which they are sent. Rows are added, removed and moved by buttons or
 * keys (Alt with the arrows); a value that is a credential is kept as a secret.
 */
import { ActionIcon, Autocomplete, Button, Tooltip } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconLock,
  IconLockOpen,
  IconPlus,
  IconX,
} from '@tabler/icons-react'
import { type KeyboardEvent, useId, useRef } from 'react'
import type { HeaderRow, SecretText } from '#contract'
import { faultText } from '../state/core.ts'
import { revealSecret } from '../state/preview.ts'
import { altKeyName } from '../ui/key-name.ts'
import { say } from '../ui/say.ts'
import { SecretInput } from '../ui/secret-input.tsx'
import { movedHeader, newHeader, renamedHeader, textOf } from './draft-edit.ts'
import { LooseNotes, useFieldNotes } from './field-notes.tsx'
import classes from './webhook-form.module.css'

/** Those that a receiver is likely to want; the managed ones are not among them. */
const COMMON_NAMES = [
  'Authorization',
  'X-Api-Key',
  'Accept',
  'User-Agent',
  'X-Request-Id',
  'X-Correlation-Id',
  'X-Event-Type',
  'X-Tenant-Id',
  'Idempotency-Key',
  'traceparent',
]

interface HeaderFieldsProps {
  readonly rows: readonly HeaderRow[]
  readonly onRows: (edit: (rows: readonly HeaderRow[]) => readonly HeaderRow[]) => void
}

export function HeaderFields({ rows, onRows }: HeaderFieldsProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const focusRow = (rowId: string) => {
    // After the list has been drawn anew.
    requestAnimationFrame(() => {
      list.current?.querySelector<HTMLElement>(`[data-row="${rowId}"] input`)?.focus()
    })
  }
  const add = () => {
    const row = newHeader()
    onRows((before) => [...before, row])
    focusRow(row.rowId)
  }
  const remove = (rowId: string) => {
    const at = rows.findIndex((row) => row.rowId === rowId)
    const next = rows[at + 1] ?? rows[at - 1]
    onRows((before) => before.filter((row) => row.rowId !== rowId))
    if (next) focusRow(next.rowId)
    else document.getElementById(`${id}-add`)?.focus()
  }
  return (
    <fieldset className={classes.group} aria-labelledby={id}>
      <legend id={id} className={classes.legend}>
        Headers
      </legend>
      <div ref={list} className={classes.groupBody}>
        {rows.map((row, index) => (
          <HeaderFieldRow
            key={row.rowId}
            row={row}
            number={index + 1}
            isLast={index === rows.length - 1}
            onRow={(next) =>
              onRows((before) => before.map((each) => (each.rowId === row.rowId ? next : each)))
            }
            onMove={(by) => onRows((before) => movedHeader(before, row.rowId, by))}
            onRemove={() => remove(row.rowId)}
          />
        ))}
        <Button
          id={`${id}-add`}
          className={classes.add}
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
        >
          Add header
        </Button>
      </div>
    </fieldset>
  )
}

interface HeaderFieldRowProps {
  readonly row: HeaderRow
  readonly number: number
  readonly isLast: boolean
  readonly onRow: (row: HeaderRow) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

function HeaderFieldRow({ row, number, isLast, onRow, onMove, onRemove }: HeaderFieldRowProps) {
  const notesId = useId()
  const name = useBriefNotes(`headers.${row.rowId}.name`, notesId)
  const value = useBriefNotes(`headers.${row.rowId}.value`, notesId)
  const isSecret = row.value.kind !== 'plain'
  const press = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  const toggleSecret = async () => {
    try {
      onRow({ ...row, value: await toggled(row.value) })
    } catch (error) {
      say(faultText(error))
    }
  }
  const label = { label: number === 1 ? classes.columnLabel : classes.hiddenLabel }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid row
    <div
      role="group"
      aria-label={`Header ${number}`}
      className={classes.header}
      data-first={number === 1 || undefined}
      data-row={row.rowId}
      onKeyDownCapture={press}
    >
      <Autocomplete
        label="Key"
        data={COMMON_NAMES}
        value={row.name}
        onChange={(typed) => onRow(renamedHeader(row, typed))}
        comboboxProps={{ width: 200, position: 'bottom-start' }}
        spellCheck={false}
        autoComplete="off"
        classNames={{ ...label, input: classes.wire }}
        {...name}
      />
      <SecretInput
        label="Value"
        value={row.value}
        typedKind={isSecret ? 'secret' : 'plain'}
        onValue={(next) => onRow({ ...row, value: next })}
        classNames={label}
        {...value}
      />
      <div className={classes.rowActions}>
        <RowAction
          label={isSecret ? 'Secret: do not keep as a secret' : 'Keep as a secret'}
          isPressed={isSecret}
          onClick={() => void toggleSecret()}
        >
          {isSecret ? <IconLock size={14} /> : <IconLockOpen size={14} />}
        </RowAction>
        <RowAction
          label={`Move up (${altKeyName('↑')})`}
          isDisabled={number === 1}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={14} />
        </RowAction>
        <RowAction
          label={`Move down (${altKeyName('↓')})`}
          isDisabled={isLast}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={14} />
        </RowAction>
        <RowAction label="Remove header" onClick={onRemove}>
          <IconX size={14} />
        </RowAction>
      </div>
      <div id={notesId} className={classes.rowNotes}>
        <LooseNotes field={`headers.${row.rowId}.name`} />
        <LooseNotes field={`headers.${row.rowId}.value`} />
      </div>
    </div>
  )
}

/** The fields are marked only; what is wrong with them has the whole row's width, below. */
function useBriefNotes(field: string, notesId: string) {
  const { error, description: _warnings, ...notes } = useFieldNotes(field)
  return { ...notes, error: error !== undefined, 'aria-describedby': notesId }
}

interface RowActionProps {
  readonly label: string
  readonly isPressed?: boolean
  readonly isDisabled?: boolean
  readonly onClick: () => void
  readonly children: React.ReactNode
}

function RowAction({ label, isPressed, isDisabled = false, onClick, children }: RowActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={24}
        aria-label={label}
        aria-pressed={isPressed}
        disabled={isDisabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

async function toggled(value: SecretText): Promise<SecretText> {
  if (value.kind === 'plain') return { kind: 'secret', text: value.text }
  if (value.kind === 'secret') return { kind: 'plain', text: textOf(value) }
  return { kind: 'plain', text: await revealSecret(value.secretId) }
}
