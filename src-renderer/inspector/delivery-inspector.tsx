/**
 * One delivery, live: what became of it and why, each attempt's request and response byte for byte,
 * and where its time went.
 */
import { Button, NativeSelect, Tabs, Text } from '@mantine/core'
import { IconArrowRight, IconBan } from '@tabler/icons-react'
import { useState } from 'react'
import {
  type Attempt,
  carriedLabel,
  type Delivery,
  type DeliveryId,
  type ExchangeView,
  type Webhook,
} from '#contract'
import { ComparePanel } from '../compare/compare-panel.tsx'
import { ReplayMenu } from '../replay/replay-menu.tsx'
import { ReplayTree } from '../replay/replay-tree.tsx'
import { faultText } from '../state/core.ts'
import { deliveries } from '../state/deliveries.ts'
import { useDelivery, useExchange } from '../state/delivery-detail.ts'
import { exporting } from '../state/exporting.ts'
import { making } from '../state/made-event.ts'
import { useRemembered } from '../state/remembered.ts'
import { useWebhooks } from '../state/webhooks.ts'
import { CertificatesIgnored } from '../ui/certificates-ignored.tsx'
import { formatDuration } from '../ui/duration.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { say } from '../ui/say.ts'
import { StatusMark } from '../ui/status-mark.tsx'
import { AbsoluteTime } from '../ui/time.tsx'
import { CurlButton } from './curl-button.tsx'
import classes from './delivery-inspector.module.css'
import { DeliveryMenu } from './delivery-menu.tsx'
import { MessagePanel } from './message-panel.tsx'
import { nothingSentInWords } from './nothing-sent.ts'
import { checkAttempt, SignaturePanel } from './signature-panel.tsx'
import { Timeline } from './timeline.tsx'
import { QueuedNote, WaitingNote } from './waiting-note.tsx'

export function DeliveryInspector({ id }: { readonly id: DeliveryId }) {
  const { value: delivery, problem } = useDelivery(id)
  if (delivery) return <Inspected key={id} delivery={delivery} problem={problem} />
  if (problem !== null) return <ErrorNote message={problem} />
  return <Text className={classes.waiting}>Reading the delivery…</Text>
}

interface InspectedProps {
  readonly delivery: Delivery
  /** Why it may be another one by now. */
  readonly problem: string | null
}

function Inspected({ delivery, problem }: InspectedProps) {
  const { attemptList } = delivery
  const [number, setNumber] = useState<number | null>(null)
  const [isWhole, setWhole] = useState(false)
  const attempt = attemptList.find((one) => one.number === number) ?? attemptList.at(-1) ?? null
  const exchange = useExchange(attempt?.id ?? null, isWhole, attempt?.finishedAtMs ?? null)
  const webhooks = useWebhooks((state) => state.webhooks)
  const hasSecrets = exchange.value?.request?.hasSecrets ?? true
  return (
    <article className={classes.inspector} aria-label={`Delivery to ${delivery.webhookName}`}>
      <header className={classes.header}>
        <Headline delivery={delivery} />
        <div className={classes.actions}>
          {attemptList.length > 1 && attempt ? (
            <NativeSelect
              size="xs"
              aria-label="Attempt"
              value={attempt.number}
              data={attemptList.map((one) => ({ value: String(one.number), label: nameOf(one) }))}
              onChange={(event) => setNumber(Number(event.currentTarget.value))}
            />
          ) : null}
          {delivery.finishedAtMs === null ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconBan size={14} aria-hidden />}
              onClick={() => void cancel(delivery.id)}
            >
              Cancel
            </Button>
          ) : null}
          {attempt && attempt.finishedAtMs !== null ? (
            <ReplayMenu
              source={{ kind: 'attempt', attemptId: attempt.id }}
              whyNotRendered={whyNotRendered(delivery, webhooks)}
            />
          ) : null}
          {attempt ? <CurlButton attemptId={attempt.id} hasSecrets={hasSecrets} /> : null}
          <DeliveryMenu
            onMakeEvent={() => making.open({ kind: 'delivery', deliveryId: delivery.id })}
            onExport={() =>
              exporting.open({
                source: { kind: 'deliveries', ids: [delivery.id] },
                words: 'this delivery',
              })
            }
            onCheckSignature={
              attempt && exchange.value?.request
                ? () => void checkAttempt(delivery, attempt)
                : undefined
            }
          />
        </div>
      </header>
      {problem === null ? null : <ErrorNote message={problem} />}
      <QueuedNote delivery={delivery} />
      <WaitingNote delivery={delivery} />
      <ReplayTree place={{ deliveryId: delivery.id }} currentId={delivery.id} />
      <InspectorTabs
        delivery={delivery}
        attempt={attempt}
        exchange={exchange.value}
        problem={exchange.problem}
        onLoadAll={isWhole ? undefined : () => setWhole(true)}
      />
    </article>
  )
}

/** Why there is no webhook to render it from again. */
function whyNotRendered(
  { event, webhookId, replayOf }: Delivery,
  webhooks: readonly Webhook[],
): string | undefined {
  if (webhooks.some(({ id }) => id === webhookId)) {
    return event === null ? 'It carries no event to render.' : undefined
  }
  return replayOf === null
    ? 'Its webhook was deleted.'
    : 'It was replayed to a URL, not sent by a webhook that is still there.'
}

async function cancel(id: DeliveryId): Promise<void> {
  try {
    await deliveries.cancel([id])
  } catch (error) {
    say(`It could not be cancelled: ${faultText(error)}`)
  }
}

function Headline({ delivery }: { readonly delivery: Delivery }) {
  const { status, event, webhookName, httpStatus, durationMs, createdAtMs, reason } = delivery
  const facts = [
    httpStatus === null ? null : `HTTP ${httpStatus}`,
    durationMs === null ? null : formatDuration(durationMs),
  ].filter((fact) => fact !== null)
  return (
    <div className={classes.headline}>
      <h2 className={classes.title}>
        <StatusMark status={status} />
        <span className={classes.event} title={event ?? undefined}>
          {carriedLabel(event)}
        </span>
        <IconArrowRight size={14} aria-label="to" className={classes.arrow} />
        <span>{webhookName || delivery.endpoint}</span>
      </h2>
      <p className={classes.facts}>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        <AbsoluteTime atMs={createdAtMs} />
        <span className={classes.endpoint}>{delivery.endpoint}</span>
        {delivery.attemptList.some(({ tls }) => tls?.ignored) ? <CertificatesIgnored /> : null}
      </p>
      {reason && status !== 'delivered' ? <p className={classes.reason}>{reason}</p> : null}
    </div>
  )
}

const TABS = ['request', 'response', 'timeline', 'signature', 'compare'] as const
type Tab = (typeof TABS)[number]

function isTab(value: unknown): value is Tab {
  return TABS.some((tab) => tab === value)
}

interface InspectorTabsProps {
  readonly delivery: Delivery
  readonly attempt: Attempt | null
  readonly exchange: ExchangeView | null
  readonly problem: string | null
  readonly onLoadAll: (() => void) | undefined
}

function InspectorTabs({ delivery, attempt, exchange, problem, onLoadAll }: InspectorTabsProps) {
  const [tab, setTab] = useRemembered<Tab>('inspector.tab', 'request', isTab)
  const request = exchange?.request ?? null
  const response = exchange?.response ?? null
  const missing = problem ?? (attempt && !exchange ? 'Reading the bytes…' : null)
  return (
    <Tabs
      value={tab}
      onChange={(value) => isTab(value) && setTab(value)}
      className={classes.tabs}
      keepMounted={false}
    >
      <Tabs.List>
        <Tabs.Tab value="request">Request</Tabs.Tab>
        <Tabs.Tab value="response">Response</Tabs.Tab>
        <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
        <Tabs.Tab value="signature">Signature</Tabs.Tab>
        <Tabs.Tab value="compare">Compare</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="request" className={classes.panel}>
        {request ? (
          <MessagePanel message={request} side="Request" order="as sent" onLoadAll={onLoadAll} />
        ) : (
          <p className={classes.waiting}>{missing ?? nothingSentInWords(delivery.status)}</p>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="response" className={classes.panel}>
        {response ? (
          <MessagePanel
            message={response}
            side="Response"
            order="as received"
            onLoadAll={onLoadAll}
          >
            {attempt ? <p className={classes.answer}>{answerInWords(attempt)}</p> : null}
          </MessagePanel>
        ) : (
          <p className={classes.waiting}>{missing ?? noAnswerInWords(delivery)}</p>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="timeline" className={classes.panel}>
        <Timeline status={delivery.status} attempts={delivery.attemptList} />
      </Tabs.Panel>
      <Tabs.Panel value="signature" className={classes.panel}>
        {attempt && (request || !exchange) ? (
          <SignaturePanel delivery={delivery} attempt={attempt} />
        ) : (
          <p className={classes.waiting}>{missing ?? nothingSentInWords(delivery.status)}</p>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="compare" className={classes.panel}>
        <ComparePanel
          place={{ deliveryId: delivery.id }}
          shown={
            attempt
              ? { kind: 'attempt', attemptId: attempt.id }
              : { kind: 'delivery', deliveryId: delivery.id }
          }
          id={delivery.id}
        />
      </Tabs.Panel>
    </Tabs>
  )
}

function nameOf(attempt: Attempt): string {
  const end = attempt.httpStatus === null ? (attempt.code ?? 'under way') : `${attempt.httpStatus}`
  return `Attempt ${attempt.number} · ${end.replaceAll('_', ' ')}`
}

/** What the answer means: the core's own words where it has some. */
function answerInWords({ reason, code, httpStatus }: Attempt): string {
  if (reason) return reason
  if (code === 'accepted') return 'The receiver took it; whether it acted on it is not known.'
  if (code === 'ok') return `The receiver took it: ${httpStatus ?? 'a success'} says yes.`
  return 'The answer is still coming in.'
}

function noAnswerInWords({ finishedAtMs, reason }: Delivery): string {
  if (finishedAtMs === null) return 'No answer yet.'
  return reason ? `There was no answer. ${reason}` : 'There was no answer.'
}
