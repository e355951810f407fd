/** The kept payloads of an event: keep the present one under a name, load one, delete one. */

import { ActionIcon, Button, Popover, TextInput, UnstyledButton } from '@mantine/core'
import { IconBookmark, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { EventName, Sample } from '#contract'
import { faultText } from '../state/core.ts'
import { simulator, useSimulator } from '../state/simulator.ts'
import type { PayloadDraft } from '../state/simulator-drafts.ts'
import { orSay } from '../ui/or-say.ts'
import { say } from '../ui/say.ts'
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
        <KeepForm event={event} loaded={loaded} onKept={() => setOpen(false)} />
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
  const [typed, setTyped] = useState<string | null>(null)
  const name = typed ?? loaded?.name ?? ''
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
        onChange={(change) => setTyped(change.currentTarget.value)}
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
  if (samples.length === 0) {
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
            title={`Delete the sample ${sample.name}`}
            onClick={(click) => {
              neighbourOf(click.currentTarget)?.focus()
              void remove(sample)
            }}
          >
            <IconTrash size={14} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  )
}

/** Where the focus goes when a sample leaves the list: to the next one's bin, or the name's field. */
function neighbourOf(bin: HTMLElement): HTMLElement | null | undefined {
  const item = bin.closest('li')
  const next = item?.nextElementSibling ?? item?.previousElementSibling
  if (next) return next.querySelector<HTMLElement>('button:last-child')
  return bin.closest('[role="dialog"]')?.querySelector('input')
}

async function remove({ id, name }: Sample): Promise<void> {
  const restore = () => orSay(simulator.restoreSample(id))
  try {
    await simulator.deleteSample(id)
    say(`The sample “${name}” was deleted.`, {
      action: { label: 'Undo', onClick: () => void restore() },
    })
  } catch (error) {
    say(faultText(error))
  }
}
