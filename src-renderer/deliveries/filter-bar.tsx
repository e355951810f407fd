/** What the list is narrowed down to: a search, four choices, and a chip for each that is in force. */
import { Button, Pill } from '@mantine/core'
import { IconFileExport, IconRepeat } from '@tabler/icons-react'
import {
  DELIVERY_STATUSES,
  type DeliveryStatus,
  EVENT_NAMES,
  type EventName,
  eventLabel,
  type WebhookId,
} from '#contract'
import { bulk } from '../state/bulk.ts'
import { deliveries, useDeliveries } from '../state/deliveries.ts'
import { type DeliveryChoice, filterOf, isNarrowed, NO_CHOICE } from '../state/delivery-filter.ts'
import { exportListed } from '../state/exporting.ts'
import { useWebhooks } from '../state/webhooks.ts'
import { SearchField } from '../ui/search-field.tsx'
import { STATUS_WORDS, StatusMark } from '../ui/status-mark.tsx'
import { ChoiceMenu } from './choice-menu.tsx'
import classes from './deliveries.module.css'
import { TimeChoiceMenu, timeInWords } from './time-choice.tsx'

const STATUS_OPTIONS = DELIVERY_STATUSES.map((value) => ({
  value,
  key: value,
  label: <StatusMark status={value} />,
}))
const EVENT_OPTIONS = EVENT_NAMES.map((value) => ({ value, key: value, label: eventLabel(value) }))

export function FilterBar() {
  const choice = useDeliveries((state) => state.choice)
  const isSearching = useDeliveries((state) => state.phase === 'searching')
  const webhooks = useWebhooks((state) => state.webhooks)
  return (
    <search className={classes.filters} aria-label="Deliveries">
      <SearchField
        label="Search heads and bodies"
        text={choice.text}
        isSearching={isSearching}
        onSearch={(text) => deliveries.choose({ text })}
      />
      <ChoiceMenu<DeliveryStatus>
        name="Status"
        options={STATUS_OPTIONS}
        chosen={choice.statuses}
        onChange={(statuses) => deliveries.choose({ statuses })}
      />
      <ChoiceMenu<EventName>
        name="Event"
        options={EVENT_OPTIONS}
        chosen={choice.events}
        onChange={(events) => deliveries.choose({ events })}
      />
      <ChoiceMenu<WebhookId>
        name="Webhook"
        single
        options={webhooks.map(({ id, name, event }) => ({
          value: id,
          key: id,
          label: name || eventLabel(event),
        }))}
        chosen={choice.webhookId === null ? [] : [choice.webhookId]}
        onChange={([webhookId]) => deliveries.choose({ webhookId: webhookId ?? null })}
      />
      <TimeChoiceMenu time={choice.time} onChange={(time) => deliveries.choose({ time })} />
      {isNarrowed(choice) ? <Chips choice={choice} /> : null}
    </search>
  )
}

function Chips({ choice }: { readonly choice: DeliveryChoice }) {
  const webhook = useWebhooks((state) => state.webhooks.find(({ id }) => id === choice.webhookId))
  const { statuses, events, webhookId, time, text } = choice
  const without = <T,>(list: readonly T[], value: T) => list.filter((one) => one !== value)
  return (
    <div className={classes.chips}>
      {text.trim() ? (
        <Chip label={`“${text.trim()}”`} onRemove={() => deliveries.choose({ text: '' })} />
      ) : null}
      {statuses.map((status) => (
        <Chip
          key={status}
          label={STATUS_WORDS[status]}
          onRemove={() => deliveries.choose({ statuses: without(statuses, status) })}
        />
      ))}
      {events.map((event) => (
        <Chip
          key={event}
          label={eventLabel(event)}
          onRemove={() => deliveries.choose({ events: without(events, event) })}
        />
      ))}
      {webhookId === null ? null : (
        <Chip
          label={webhook ? webhook.name || eventLabel(webhook.event) : 'A deleted webhook'}
          onRemove={() => deliveries.choose({ webhookId: null })}
        />
      )}
      {time.kind === 'any' ? null : (
        <Chip
          label={timeInWords(time)}
          onRemove={() => deliveries.choose({ time: { kind: 'any' } })}
        />
      )}
      <Button size="compact-xs" variant="subtle" onClick={() => deliveries.choose(NO_CHOICE)}>
        Clear filters
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconRepeat size={12} aria-hidden />}
        onClick={replayListed}
      >
        Replay these…
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconFileExport size={12} aria-hidden />}
        onClick={exportListed}
      >
        Export these…
      </Button>
    </div>
  )
}

function Chip({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <Pill
      className={classes.chip}
      size="sm"
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{
        'aria-label': `Remove the filter ${label}`,
        'aria-hidden': false,
        tabIndex: 0,
      }}
    >
      {label}
    </Pill>
  )
}

function replayListed(): void {
  const filter = filterOf(useDeliveries.getState().choice, new Date())
  bulk.show({ kind: 'new', source: { kind: 'delivery_filter', filter } })
}
