/** Which receiver is looked at, or all of them; and a new one. */
import { Button, NativeSelect, Popover, TextInput, UnstyledButton } from '@mantine/core'
import { IconFileImport, IconPlus } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import {
  IMPORTED_RECEIVER,
  RECEIVER_KIND_LABELS,
  RECEIVER_KINDS,
  type Receiver,
  receiverKindSchema,
} from '#contract'
import { faultOf, faultSentence } from '../state/core.ts'
import { useFormDraft } from '../state/form-drafts.ts'
import { importDialog } from '../state/import-dialog.ts'
import { type NewReceiverForm, newReceiverDrafts } from '../state/receiver-forms.ts'
import { receivers as receiverActions } from '../state/receivers.ts'
import { LeftBefore } from '../ui/left-before.tsx'
import classes from './captures.module.css'

interface ReceiverBarProps {
  readonly receivers: readonly Receiver[]
  /** Requests that were imported; they have a place of their own once there are any. */
  readonly imported: number
  /** Undefined: all. */
  readonly chosenId: Receiver['id'] | undefined
  readonly onChoose: (id: Receiver['id'] | undefined) => void
}

export function ReceiverBar({ receivers, imported, chosenId, onChoose }: ReceiverBarProps) {
  return (
    <nav className={classes.receivers} aria-label="Receivers">
      {receivers.length > 1 || imported > 0 || chosenId !== undefined ? (
        <>
          <Tab isChosen={chosenId === undefined} onChoose={() => onChoose(undefined)}>
            All
          </Tab>
          {receivers.map(({ id, name, listening }) => (
            <Tab key={id} isChosen={id === chosenId} onChoose={() => onChoose(id)}>
              <span className={classes.dot} data-on={listening || undefined} aria-hidden />
              <span className={classes.tabName}>{name}</span>
              {listening ? null : <span className={classes.quiet}> stopped</span>}
            </Tab>
          ))}
          {imported > 0 || chosenId === IMPORTED_RECEIVER ? (
            <Tab
              isChosen={chosenId === IMPORTED_RECEIVER}
              onChoose={() => onChoose(IMPORTED_RECEIVER)}
            >
              <IconFileImport size={14} aria-hidden />
              Imported
            </Tab>
          ) : null}
        </>
      ) : null}
      <AddReceiver onAdded={onChoose} />
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconFileImport size={14} aria-hidden />}
        onClick={importDialog.open}
      >
        Import…
      </Button>
    </nav>
  )
}

interface TabProps {
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly children: React.ReactNode
}

function Tab({ isChosen, onChoose, children }: TabProps) {
  return (
    <UnstyledButton className={classes.tab} aria-pressed={isChosen} onClick={onChoose}>
      {children}
    </UnstyledButton>
  )
}

function AddReceiver({ onAdded }: { readonly onAdded: (id: Receiver['id']) => void }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus returnFocus withinPortal width={280}>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          Add receiver
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="New receiver">
        <NewReceiver
          onAdded={(id) => {
            setOpen(false)
            onAdded(id)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

const NEW = 'new'
const FIRST: NewReceiverForm = { name: '', kind: 'plain' }

function NewReceiver({ onAdded }: { readonly onAdded: (id: Receiver['id']) => void }) {
  const { form, wasLeft, change, fault, refuse, startOver, forget } = useFormDraft(
    newReceiverDrafts,
    NEW,
    FIRST,
  )
  const { name, kind } = form
  const add = async (event: FormEvent) => {
    event.preventDefault()
    try {
      const { id } = await receiverActions.create(name, kind)
      forget()
      onAdded(id)
    } catch (error) {
      refuse(faultOf(error))
    }
  }
  return (
    <form className={classes.addReceiver} onSubmit={(event) => void add(event)}>
      {wasLeft ? <LeftBefore onStartOver={startOver} /> : null}
      <TextInput
        size="xs"
        label="Name of the receiver"
        placeholder="Partner API"
        maxLength={200}
        data-autofocus
        value={name}
        error={fault && faultSentence(fault)}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label="Kind"
        description="A rehearsal answers as the real one does."
        data={RECEIVER_KINDS.map((value) => ({ value, label: RECEIVER_KIND_LABELS[value] }))}
        value={kind}
        onChange={({ currentTarget: { value } }) =>
          change({ kind: receiverKindSchema.parse(value) })
        }
      />
      <Button type="submit" size="xs">
        Add
      </Button>
    </form>
  )
}
