/** What the list of captures is narrowed down to, besides the receiver. */
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconFileExport, IconPin, IconRepeat } from '@tabler/icons-react'
import { bulk } from '../state/bulk.ts'
import { captures, useCaptures } from '../state/captures.ts'
import { exporting } from '../state/exporting.ts'
import { SearchField } from '../ui/search-field.tsx'
import classes from './captures.module.css'

export function CaptureFilterBar() {
  const filter = useCaptures((state) => state.filter)
  const isEmpty = useCaptures(({ rows }) => rows.length === 0)
  const isSearching = useCaptures(({ phase }) => phase === 'searching')
  const { text = '', isKept = false } = filter
  return (
    <search className={classes.filters} aria-label="Captures">
      <SearchField
        label="Search heads, bodies and notes"
        text={text}
        isSearching={isSearching}
        onSearch={(next) => captures.narrow({ text: next })}
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
        <ActionIcon
          size={30}
          aria-label="Replay all that are listed"
          disabled={isEmpty}
          onClick={replayListed}
        >
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
