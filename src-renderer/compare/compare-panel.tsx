/** The Compare tab: what is looked at beside its parent, or beside whatever is chosen. */
import { Button, Select } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useState } from 'react'
import type { ComparePlace, ReplayPlace } from '#contract'
import { type Candidate, idOfPlace, pairOf, relativeOf, useCandidates } from '../state/compare.ts'
import { useReplayTree } from '../state/replay.ts'
import { relativeWords } from '../ui/time.tsx'
import classes from './compare.module.css'
import { CompareView } from './compare-view.tsx'

interface ComparePanelProps {
  readonly place: ReplayPlace
  /** What is looked at: of a delivery, the attempt that is shown. */
  readonly shown: ComparePlace
  /** Of the delivery or capture. */
  readonly id: string
}

export function ComparePanel({ place, shown, id }: ComparePanelProps) {
  const nodes = useReplayTree(place)
  const [chosen, setChosen] = useState<ComparePlace | null>(null)
  const [isSwapped, setSwapped] = useState(false)
  const relative = relativeOf(nodes, id)
  const pair = pairOf(shown, chosen, relative)
  const turned = pair && isSwapped ? { left: pair.right, right: pair.left } : pair
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <Picker
          place={place}
          ownId={id}
          chosen={chosen ?? relative?.place ?? null}
          onChoose={setChosen}
        />
        {pair ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowsExchange size={14} aria-hidden />}
            onClick={() => setSwapped(!isSwapped)}
          >
            Swap sides
          </Button>
        ) : null}
      </div>
      {turned ? (
        <CompareView key={JSON.stringify(turned)} pair={turned} />
      ) : (
        <p className={classes.quiet}>
          Choose what to compare it with. A replay is compared with what it was made from.
        </p>
      )}
    </div>
  )
}

interface PickerProps {
  readonly place: ReplayPlace
  readonly ownId: string
  readonly chosen: ComparePlace | null
  readonly onChoose: (place: ComparePlace | null) => void
}

function Picker({ place, ownId, chosen, onChoose }: PickerProps) {
  const [text, setText] = useState('')
  const [isSearching, setSearching] = useState(false)
  const { value, isStale, problem } = useCandidates({ place, text: isSearching ? text : '' })
  const others = (value ?? []).filter((each) => idOfPlace(each.place) !== ownId)
  return (
    <Select
      className={classes.picker}
      aria-label="Compare with"
      placeholder="Compare with… type to search the history"
      searchable
      clearable
      maxDropdownHeight={320}
      nothingFoundMessage={problem ?? (isStale ? 'Searching…' : 'Nothing matches.')}
      data={grouped(others)}
      filter={({ options }) => options}
      value={
        chosen && others.some((each) => keyOf(each) === idOfPlace(chosen))
          ? idOfPlace(chosen)
          : null
      }
      searchValue={text}
      onSearchChange={(typed) => setText(typed)}
      onInput={() => setSearching(true)}
      onDropdownClose={() => setSearching(false)}
      onChange={(key) => onChoose(others.find((each) => keyOf(each) === key)?.place ?? null)}
    />
  )
}

function keyOf({ place }: Candidate): string {
  return idOfPlace(place)
}

function grouped(candidates: readonly Candidate[]) {
  const groups = new Map<string, { value: string; label: string }[]>()
  for (const candidate of candidates) {
    const label = `${candidate.label} · ${relativeWords(candidate.atMs, Date.now())}`
    const item = { value: keyOf(candidate), label }
    const known = groups.get(candidate.group)
    if (known) known.push(item)
    else groups.set(candidate.group, [item])
  }
  return [...groups].map(([group, items]) => ({ group, items }))
}
