/** The Compare tab: what is looked at beside its parent, or beside whatever is chosen. */
import { Button, Select } from '@mantine/core'
import { IconArrowsExchange, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { ComparePlace, ReplayPlace } from '#contract'
import { pairOf, relativeOf } from '../state/compare.ts'
import { type Candidate, candidateAt, keyOf, useCandidates } from '../state/compare-candidates.ts'
import { useReplayTree } from '../state/replay.ts'
import { RelativeTime } from '../ui/time.tsx'
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
  const [chosen, setChosen] = useState<Candidate | null>(null)
  const [isSwapped, setSwapped] = useState(false)
  const relative = relativeOf(nodes, id)
  const pair = pairOf(shown, chosen?.place ?? null, relative)
  const turned = pair && isSwapped ? { left: pair.right, right: pair.left } : pair
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <Picker
          place={place}
          ownId={id}
          chosen={chosen ?? (relative && candidateAt(nodes, relative.place))}
          isChoice={chosen !== null}
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
  readonly chosen: Candidate | null
  /** It is the user's choice, and can be taken back. */
  readonly isChoice: boolean
  readonly onChoose: (candidate: Candidate | null) => void
}

function Picker({ place, ownId, chosen, isChoice, onChoose }: PickerProps) {
  const [text, setText] = useState('')
  const [isSearching, setSearching] = useState(false)
  const { value, isBusy, problem } = useCandidates({ place, text: isSearching ? text : '' })
  const found = (value ?? []).filter((each) => keyOf(each) !== ownId)
  const isFound = (key: string) => found.some((each) => keyOf(each) === key)
  // The chosen one is always known to the field, which else forgets what is typed; it is listed
  // where it was found.
  const known = chosen && !isFound(keyOf(chosen)) ? [chosen, ...found] : found
  const byKey = (key: string | null) => known.find((each) => keyOf(each) === key) ?? null
  return (
    <Select
      className={classes.picker}
      aria-label="Compare with"
      placeholder="Compare with… type to search the history"
      searchable
      clearable={isChoice}
      clearButtonProps={{ 'aria-label': 'Clear the choice' }}
      maxDropdownHeight={320}
      nothingFoundMessage={problem ?? (isBusy ? 'Searching…' : 'Nothing matches.')}
      data={grouped(known)}
      filter={() => grouped(found)}
      renderOption={({ option, checked }) => (
        <Option candidate={byKey(option.value)} isChosen={checked ?? false} />
      )}
      value={chosen && keyOf(chosen)}
      searchValue={text}
      onSearchChange={(typed) => setText(typed)}
      onInput={() => setSearching(true)}
      onDropdownClose={() => setSearching(false)}
      onChange={(key) => onChoose(byKey(key))}
    />
  )
}

interface OptionProps {
  readonly candidate: Candidate | null
  readonly isChosen: boolean
}

function Option({ candidate, isChosen }: OptionProps) {
  if (!candidate) return null
  return (
    <span className={classes.option}>
      {isChosen ? <IconCheck size={14} aria-hidden /> : null}
      <span className={classes.optionLabel}>{candidate.label}</span>
      <span className={classes.quiet}>
        {candidate.answer === null ? null : `${candidate.answer} · `}
        <RelativeTime atMs={candidate.atMs} />
      </span>
    </span>
  )
}

function grouped(candidates: readonly Candidate[]) {
  const groups = new Map<string, { value: string; label: string }[]>()
  for (const candidate of candidates) {
    const item = { value: keyOf(candidate), label: candidate.label }
    const known = groups.get(candidate.group)
    if (known) known.push(item)
    else groups.set(candidate.group, [item])
  }
  return [...groups].map(([group, items]) => ({ group, items }))
}
