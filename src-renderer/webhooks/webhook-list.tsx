/** All webhooks in a table, with a filter on top; the columns are those that there is room for. */
import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import {
  DESTINATION_LABELS,
  type DeliveryId,
  eventLabel,
  MESSAGE_FORMAT_LABELS,
  shownText,
  type Webhook,
} from '#contract'
import { faultText } from '../state/core.ts'
import { useDrafts } from '../state/drafts.ts'
import { addWebhook } from '../state/new-webhook.ts'
import { useRemembered } from '../state/remembered.ts'
import { newSeed } from '../state/seed.ts'
import { webhooks as actions, useWebhooks, webhookTitle } from '../state/webhooks.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { say } from '../ui/say.ts'
import { FiredStrip } from './fired-strip.tsx'
import classes from './webhook-list.module.css'
import { NewWebhookRow, WebhookRow } from './webhook-row.tsx'

export function WebhookList({ chosen }: { readonly chosen: string | null }) {
  const { webhooks, isRead, problem } = useWebhooks()
  const drafts = useDrafts((state) => state.drafts)
  const [filter, setFilter] = useRemembered('webhooks.filter', '', isText)
  const [fired, setFired] = useState<{ title: string; ids: readonly DeliveryId[] } | null>(null)
  const shown = webhooks.filter((webhook) => isFound(webhook, filter))
  const newDraft = drafts.get('new')
  const fire = useCallback(async (webhook: Webhook) => {
    try {
      const { deliveries } = await actions.fireSample(webhook.id, newSeed())
      setFired({ title: webhookTitle(webhook), ids: deliveries })
    } catch (error) {
      say(faultText(error))
    }
  }, [])
  return (
    <div className={classes.screen}>
      <search className={classes.bar} aria-label="Webhooks">
        <TextInput
          type="search"
          className={classes.filter}
          aria-label="Filter the webhooks"
          placeholder="Filter"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={filter}
          onChange={({ currentTarget: { value } }) => setFilter(value)}
        />
        <Button
          leftSection={<IconPlus size={14} aria-hidden />}
          title="n"
          onClick={() => addWebhook()}
        >
          Add
        </Button>
      </search>
      {problem === null ? null : <ErrorNote message={problem} />}
      <div className={classes.rows}>
        {webhooks.length === 0 && !newDraft ? (
          isRead && (
            <EmptyState
              sentence="No webhooks yet. A webhook says which event goes to which endpoint, and how."
              action={{ label: 'Add webhook', onClick: () => addWebhook() }}
            />
          )
        ) : (
          <table className={classes.table}>
            <Columns />
            <tbody>
              {newDraft ? <NewWebhookRow draft={newDraft} isChosen={chosen === 'new'} /> : null}
              {shown.map((webhook) => (
                <WebhookRow
                  key={webhook.id}
                  webhook={webhook}
                  isChosen={webhook.id === chosen}
                  isEdited={drafts.has(webhook.id)}
                  onFire={fire}
                />
              ))}
            </tbody>
          </table>
        )}
        {webhooks.length > 0 && shown.length === 0 ? (
          <EmptyState
            sentence="No webhook matches."
            action={{ label: 'Clear the filter', onClick: () => setFilter('') }}
          />
        ) : null}
      </div>
      {fired ? <FiredStrip {...fired} onClose={() => setFired(null)} /> : null}
    </div>
  )
}

function Columns() {
  return (
    <thead>
      <tr>
        <th scope="col" className={classes.status}>
          <span className={classes.hidden}>Status</span>
        </th>
        <th scope="col" className={classes.name}>
          Name
        </th>
        <th scope="col" className={classes.event}>
          Event
        </th>
        <th scope="col" className={classes.destination}>
          <span className={classes.wideOnly}>Destination</span>
        </th>
        <th scope="col" className={classes.endpoint}>
          Endpoint
        </th>
        <th scope="col" className={classes.sentAs}>
          Sent as
        </th>
        <th scope="col" className={classes.outcome}>
          <span className={classes.wideOnly}>Last outcome</span>
        </th>
        <th scope="col" className={classes.actions}>
          <span className={classes.hidden}>Actions</span>
        </th>
      </tr>
    </thead>
  )
}

function isFound(webhook: Webhook, filter: string): boolean {
  const wanted = filter.trim().toLowerCase().split(/\s+/)
  const { event, endpoint, destination, format, contentType, status } = webhook
  const facts = [
    webhookTitle(webhook),
    event,
    eventLabel(event),
    shownText(endpoint),
    DESTINATION_LABELS[destination],
    MESSAGE_FORMAT_LABELS[format],
    contentType,
    status,
  ]
  const text = facts.join(' ').toLowerCase()
  return wanted.every((word) => text.includes(word))
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
