/** Searches a moment after the last key, and says so until what was found is there. */
import { Loader, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './search-field.module.css'

const SEARCH_AFTER_MS = 300

interface SearchFieldProps {
  /** What is searched, for screen readers. */
  readonly label: string
  /** What is searched for. */
  readonly text: string
  /** What was found is not there yet. */
  readonly isSearching: boolean
  readonly onSearch: (text: string) => void
}

export function SearchField({ label, text, isSearching, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(text)
  const [seen, setSeen] = useState(text)
  if (text !== seen) {
    setSeen(text)
    setTyped(text)
  }
  const search = useDebouncedCallback((next: string) => {
    if (next.trim() !== text.trim()) onSearch(next)
  }, SEARCH_AFTER_MS)
  const isBusy = typed !== '' && (isSearching || typed.trim() !== text.trim())
  return (
    <TextInput
      className={classes.search}
      size="xs"
      type="search"
      aria-label={label}
      placeholder="Search…"
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        isBusy ? (
          <span className={classes.searching} role="status">
            <Loader size={12} aria-hidden /> searching…
          </span>
        ) : null
      }
      rightSectionWidth={isBusy ? 96 : 0}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value)
        search(value)
      }}
    />
  )
}
