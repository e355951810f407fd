/** What the list of captures is narrowed down to, besides the receiver. */
import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconPin, IconRepeat, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { bulk } from '../state/bulk.ts'
import { captures, useCaptures } from '../state/captures.ts'
import classes from './captures.module.css'

const SEARCH_AFTER_MS = 300

export function CaptureFilterBar() {
  const { text = '', isKept = false } = useCaptures(({ filter }) => filter)
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
    </search>
  )
}

function replayListed(): void {
  const { filter } = useCaptures.getState()
  bulk.show({ kind: 'new', source: { kind: 'capture_filter', filter } })
}
