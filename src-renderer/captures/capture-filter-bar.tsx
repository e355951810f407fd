/** What the list of captures is narrowed down to, besides the receiver. */
import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFileExport, IconPin, IconRepeat, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { bulk } from '../state/bulk.ts'
import { captures, useCaptures } from '../state/captures.ts'
import { exporting } from '../state/exporting.ts'
import classes from './captures.module.css'

const SEARCH_AFTER_MS = 300

export function CaptureFilterBar() {
  const filter = useCaptures((state) => state.filter)
  const isEmpty = useCaptures(({ rows }) => rows.length === 0)
  const { text = '', isKept = false } = filter
  const [typed, setTyped] = useState(text)
  const search = useDebouncedCallback((next: string) => {
    if (next.trim() !== text.trim()) captures.narrow({ text: next })
  }, SEARCH_AFTER_MS)
  return (
    <search className={classes.filters} aria-label="Captures">
      <TextInput
        className={classes.search}
        size="xs"
        type="search"
        aria-label="Search heads, bodies and notes"
        placeholder="Search…"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value)
          search(currentTarget.value)
        }}
      />
      <Button
        size="xs"
        variant={isKept ? 'light' : 'default'}
        aria-pressed={isKept}
        leftSection={<IconPin size={14} aria-hidden />}
        onClick={() => captures.narrow({ isKept: isKept ? undefined : true })}
      >
        Kept only
      </Button>
      <Tooltip label="Replay all that are listed…">
        <ActionIcon size={30} aria-label="Replay all that are listed" onClick={replayListed}>
          <IconRepeat size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Export all that are listed…">
        <ActionIcon
          size={30}
          aria-label="Export all that are listed"
          disabled={isEmpty}
          onClick={() =>
            exporting.open({
              source: { kind: 'matching_captures', filter },
              words: 'the listed captures',
            })
          }
        >
          <IconFileExport size={16} />
        </ActionIcon>
      </Tooltip>
    </search>
  )
}

function replayListed(): void {
  const { filter } = useCaptures.getState()
  bulk.show({ kind: 'new', source: { kind: 'capture_filter', filter } })
}
