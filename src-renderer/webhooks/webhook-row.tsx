/** One webhook in the list: whether it is active, what goes where, and how that went last. */

import { ActionIcon, Switch, Tooltip } from '@mantine/core'
import { IconPencil, IconSend2 } from '@tabler/icons-react'
import { type KeyboardEvent, type MouseEvent, memo } from 'react'
import {
  eventLabel,
  MESSAGE_FORMAT_LABELS,
  type MessageFormat,
  outcomeStatus,
  shownText,
  type Webhook,
  type WebhookDraft,
} from '#contract'
import { goTo, hashOf } from '../state/route.ts'
import { useCertificatesIgnored } from '../state/settings.ts'
import { webhooks, webhookTitle } from '../state/webhooks.ts'
import { CertificatesIgnored } from '../ui/certificates-ignored.tsx'
import { DestinationMark } from '../ui/destination-mark.tsx'
import { orSay } from '../ui/or-say.ts'
import { StatusMark } from '../ui/status-mark.tsx'
import { RelativeTime } from '../ui/time.tsx'
import classes from './webhook-list.module.css'
import { WebhookMenu } from './webhook-menu.tsx'

/** The labels in one word each. */
const FORMAT_WORDS: Readonly<Record<MessageFormat, string>> = {
  raw: 'Raw',
  slack: 'Slack',
  teams: 'Teams',
  webex: 'Webex',
  template: 'Template',
}

interface WebhookRowProps {
  readonly webhook: Webhook
  readonly isChosen: boolean
  /** There is an unsaved form of it. */
  readonly isEdited: boolean
  readonly onFire: (webhook: Webhook) => Promise<void>
}

/** Drawn anew only when something of its own changes: each keystroke in a form reaches the list. */
export const WebhookRow = memo(function WebhookRow(props: WebhookRowProps) {
  const { webhook, isChosen, isEdited, onFire } = props
  const { id, event, destination, endpoint, contentType, last, status } = webhook
  const title = webhookTitle(webhook)
  const isActive = status === 'active'
  const isIgnoring =
    useCertificatesIgnored(webhook.certificates) && !/^http:/i.test(shownText(endpoint))
  return (
    <tr
      className={classes.row}
      data-chosen={isChosen || undefined}
      data-inactive={!isActive || undefined}
      onClick={(click) => openRow(click, id)}
    >
      <td className={classes.status}>
        <Switch
          size="xs"
          aria-label={`${title} is active`}
          title={isActive ? 'Active' : 'Inactive'}
          checked={isActive}
          onChange={({ currentTarget: { checked } }) => {
            void orSay(webhooks.setStatus(id, checked ? 'active' : 'inactive'))
          }}
        />
      </td>
      <td className={classes.name} title={`${title}: ${eventLabel(event)}`}>
        <span className={classes.nameLine}>
          <RowLink id={id} isChosen={isChosen}>
            {title}
          </RowLink>
          {isIgnoring ? <CertificatesIgnored compact /> : null}
          {isEdited ? <DraftMark /> : null}
        </span>
      </td>
      <td className={classes.event} title={event}>
        {eventLabel(event)}
      </td>
      <td className={classes.destination}>
        <span className={classes.wideOnly}>
          <DestinationMark destination={destination} />
        </span>
        <span className={classes.narrowOnly}>
          <DestinationMark destination={destination} compact />
        </span>
      </td>
      <td className={classes.endpoint} title={shownText(endpoint)}>
        {shownText(endpoint)}
      </td>
      <td
        className={classes.sentAs}
        title={`${MESSAGE_FORMAT_LABELS[webhook.format]}, as ${contentType}`}
      >
        {FORMAT_WORDS[webhook.format]}
        <span className={classes.encoding}>
          {contentType === 'application/json' ? ' · JSON' : ' · Form'}
        </span>
      </td>
      <td className={classes.outcome}>
        <LastOutcome last={last} />
      </td>
      <td className={classes.actions}>
        <span className={classes.buttons}>
          <Tooltip label="Fire a sample">
            <ActionIcon
              size={24}
              aria-label={`Fire a sample to ${title}`}
              onClick={() => void onFire(webhook)}
            >
              <IconSend2 size={14} />
            </ActionIcon>
          </Tooltip>
          <WebhookMenu webhook={webhook} onFire={() => void onFire(webhook)} />
        </span>
      </td>
    </tr>
  )
})

/** The form of a webhook that does not exist yet. */
export function NewWebhookRow({ draft, isChosen }: { draft: WebhookDraft; isChosen: boolean }) {
  return (
    <tr
      className={classes.row}
      data-chosen={isChosen || undefined}
      onClick={(click) => openRow(click, 'new')}
    >
      <td className={classes.status} />
      <td className={classes.name}>
        <span className={classes.nameLine}>
          <RowLink id="new" isChosen={isChosen}>
            {draft.name.trim() || 'New webhook'}
          </RowLink>
          <DraftMark />
        </span>
      </td>
      <td className={classes.event}>{eventLabel(draft.event)}</td>
      <td className={classes.destination} />
      <td className={classes.endpoint}>{shownText(draft.endpoint)}</td>
      <td className={classes.sentAs} />
      <td className={classes.outcome} />
      <td className={classes.actions} />
    </tr>
  )
}

function LastOutcome({ last }: Pick<Webhook, 'last'>) {
  if (!last) return <span className={classes.never}>never sent</span>
  const status = outcomeStatus(last.code)
  return (
    <>
      <span className={classes.wideOnly}>
        <StatusMark status={status} />
        <span className={classes.when}>
          <RelativeTime atMs={last.finishedAtMs} />
        </span>
      </span>
      <span className={classes.narrowOnly}>
        <StatusMark status={status} compact />
      </span>
    </>
  )
}

function DraftMark() {
  return (
    <span className={classes.draft} title="There are changes that are not saved">
      <IconPencil size={12} aria-hidden />
      <span className={classes.draftWord}>draft</span>
    </span>
  )
}

interface RowLinkProps {
  readonly id: string
  readonly isChosen: boolean
  readonly children: React.ReactNode
}

function RowLink({ id, isChosen, children }: RowLinkProps) {
  return (
    <a
      className={classes.link}
      href={hashOf({ screen: 'webhooks', chosen: id })}
      aria-current={isChosen ? 'true' : undefined}
      onKeyDown={walk}
    >
      {children}
    </a>
  )
}

/** A click anywhere in the row opens it, but for the controls in it. */
function openRow(click: MouseEvent, id: string): void {
  const { target } = click
  if (target instanceof Element && target.closest('a, button, input, label, [role="menu"]')) return
  goTo('webhooks', id)
}

/** Arrow keys go from name to name. */
function walk(event: KeyboardEvent<HTMLAnchorElement>): void {
  const row = event.currentTarget.closest('tr')
  const next =
    event.key === 'ArrowDown'
      ? row?.nextElementSibling
      : event.key === 'ArrowUp'
        ? row?.previousElementSibling
        : null
  const link = next?.querySelector<HTMLElement>('a')
  if (!link) return
  event.preventDefault()
  link.focus()
}
