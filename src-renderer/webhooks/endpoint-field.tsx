/** The endpoint: a URL, recognised as it is typed; or one of the built-in receivers. */
import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useEffect } from 'react'
import { type Destination, RECEIVER_KIND_LABELS, type SecretText } from '#contract'
import { receivers, useReceivers } from '../state/receivers.ts'
import { DestinationMark } from '../ui/destination-mark.tsx'
import { SecretInput } from '../ui/secret-input.tsx'
import { useFieldNotes } from './field-notes.tsx'
import classes from './webhook-form.module.css'

interface EndpointFieldProps {
  readonly value: SecretText
  readonly destination: Destination | null
  readonly onValue: (value: SecretText) => void
}

export function EndpointField({ value, destination, onValue }: EndpointFieldProps) {
  const notes = useFieldNotes('endpoint')
  const isEmpty = value.kind !== 'kept' && value.text.trim() === ''
  return (
    <div>
      <SecretInput
        label="Endpoint"
        placeholder="https://"
        inputMode="url"
        classNames={{ root: classes.field, label: classes.label }}
        value={value}
        typedKind="plain"
        onValue={onValue}
        {...notes}
      />
      <div className={classes.below}>
        {isEmpty || destination === null ? null : <DestinationMark destination={destination} />}
        <ReceiverMenu onChoose={onValue} />
      </div>
    </div>
  )
}

function ReceiverMenu({ onChoose }: { readonly onChoose: (endpoint: SecretText) => void }) {
  const list = useReceivers((state) => state.receivers)
  useEffect(() => {
    receivers.open()
    return () => receivers.close()
  }, [])
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Built-in receiver
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {list.length === 0 ? <Menu.Item disabled>There is none</Menu.Item> : null}
        {list.map(({ id, kind, name, url, secretUrl, listening }) => (
          <Menu.Item key={id} onClick={() => onChoose(secretUrl ?? { kind: 'plain', text: url })}>
            <span className={classes.receiver}>
              <strong>{name}</strong>
              {kind === 'plain' ? (
                <code>{url}</code>
              ) : (
                <span className={classes.quiet}>{RECEIVER_KIND_LABELS[kind]}</span>
              )}
              {listening ? null : <span className={classes.quiet}>does not listen now</span>}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
