/** The kept payloads of an event: keep the present one under a name, load one, delete one. */
import { ActionIcon, Button, Popover, TextInput, UnstyledButton } from '@mantine/core'
import { IconBookmark, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { EventName, Sample } from '#contract'
import { simulator, useSimulator } from '../state/simulator.ts'
import type { PayloadDraft } from '../state/simulator-drafts.ts'
import classes from './simulator.module.css'

interface SampleMenuProps {
  readonly event: EventName
  readonly draft: PayloadDraft
}

export function SampleMenu({ event, draft }: SampleMenuProps) {
  const [isOpen, setOpen] = useState(false)
  const all = useSimulator((state) => state.samples)
  const samples = all.filter((sample) => sample.event === event)
  const loaded = samples.find(({ id }) => id === draft.sampleId)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={320}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconBookmark size={14} aria-hidden />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {loaded ? loaded.name : 'Keep as sample'}
          {samples.length > 0 && !loaded ? ` (${samples.length})` : ''}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Kept samples">
        <KeepForm key={loaded?.id} event={event} loaded={loaded} onKept={() => setOpen(false)} />
        <SampleList
          samples={samples}
          loaded={loaded}
          onLoad={(sample) => {
            simulator.loadSample(sample)
            setOpen(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

interface KeepFormProps {
  readonly event: EventName
  readonly loaded: Sample | undefined
  readonly onKept: () => void
}

function KeepForm({ event, loaded, onKept }: KeepFormProps) {
  const [name, setName] = useState(loaded?.name ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const keep = async (sampleId: Sample['id'] | null) => {
    const fault = name.trim()
      ? await simulator.keepSample(event, name.trim(), sampleId)
      : 'It needs a name.'
    setProblem(fault)
    if (fault === null) onKept()
  }
  const submit = (form: FormEvent) => {
    form.preventDefault()
    void keep(loaded?.id ?? null)
  }
  return (
    <form className={classes.keep} onSubmit={submit}>
      <TextInput
        size="xs"
        label="Name"
        placeholder="A VIP without an e-mail"
        maxLength={200}
        data-autofocus
        value={name}
        error={problem}
        onChange={(change) => setName(change.currentTarget.value)}
      />
      <div className={classes.keepActions}>
        <Button type="submit" size="xs">
          {loaded ? 'Save' : 'Keep this payload'}
        </Button>
        {loaded ? (
          <Button size="xs" variant="default" onClick={() => void keep(null)}>
            Keep as another
          </Button>
        ) : null}
      </div>
    </form>
  )
}

interface SampleListProps {
  readonly samples: readonly Sample[]
  readonly loaded: Sample | undefined
  readonly onLoad: (sample: Sample) => void
}

function SampleList({ samples, loaded, onLoad }: SampleListProps) {
  const [deleted, setDeleted] = useState<Sample | null>(null)
  if (samples.length === 0 && deleted === null) {
    return <p className={classes.keepHint}>A kept payload can be loaded again at any time.</p>
  }
  return (
    <ul className={classes.samples} aria-label="Kept samples of this event">
      {samples.map((sample) => (
        <li key={sample.id} className={classes.sample}>
          <UnstyledButton
            className={classes.sampleName}
            aria-current={sample.id === loaded?.id || undefined}
            onClick={() => onLoad(sample)}
          >
            {sample.name}
          </UnstyledButton>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Delete the sample ${sample.name}`}
            onClick={() => {
              setDeleted(sample)
              void simulator.deleteSample(sample.id)
            }}
          >
            <IconTrash size={14} aria-hidden />
          </ActionIcon>
        </li>
      ))}
      {deleted ? (
        <li className={classes.sample}>
          <span className={classes.sampleName} role="status">
            “{deleted.name}” is deleted.
          </span>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => {
              void simulator.restoreSample(deleted.id)
              setDeleted(null)
            }}
          >
            Undo
          </Button>
        </li>
      ) : null}
    </ul>
  )
}
