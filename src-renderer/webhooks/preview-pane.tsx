/** Beside the form, always: the request that it makes for a sample event, and sending that sample. */
import {
  ActionIcon,
  Button,
  NativeSelect,
  SegmentedControl,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconRefresh, IconSend2 } from '@tabler/icons-react'
import { useState } from 'react'
import {
  CATALOGUE,
  type DeliveryId,
  EVENT_TYPE_LABELS,
  EVENT_TYPES,
  eventLabel,
  eventsOfType,
  MAX_SEED,
  type RequestPreview,
  type WebhookDraft,
} from '#contract'
import type { Asked } from '../state/asked.ts'
import { useRemembered } from '../state/remembered.ts'
import { newSeed } from '../state/seed.ts'
import { COMMAND_ENTER } from '../ui/key-name.ts'
import { FiredStrip } from './fired-strip.tsx'
import { type PreviewSide, RequestSize, RequestView } from './request-view.tsx'
import type { SampleChoice } from './sample-choice.ts'
import classes from './webhook-pane.module.css'

interface PreviewPaneProps {
  readonly draft: WebhookDraft
  readonly asked: Asked<RequestPreview>
  readonly sample: SampleChoice
  /** What sending does first, if anything. */
  readonly savesFirst: boolean
  readonly isSending: boolean
  readonly onSend: () => void
  readonly fired: readonly DeliveryId[]
  readonly onForgetFired: () => void
}

export function PreviewPane(props: PreviewPaneProps) {
  const { draft, asked, sample, savesFirst, isSending, onSend, fired, onForgetFired } = props
  const isOwnEvent = sample.event === draft.event
  const [side, setSide] = useRemembered<PreviewSide>('webhook.side', 'message', isSide)
  const words = savesFirst ? 'Save and send' : 'Send this sample'
  return (
    <section className={classes.preview} aria-label="The request it will make">
      <header className={classes.head}>
        <h2 className={classes.title}>The request it will make</h2>
        <span className={classes.spring} />
        {asked.value?.message ? (
          <SegmentedControl
            className={classes.sides}
            size="xs"
            aria-label="What is shown"
            value={side}
            onChange={(value) => setSide(value === 'request' ? 'request' : 'message')}
            data={[
              { value: 'message', label: 'Message' },
              { value: 'request', label: 'Request' },
            ]}
          />
        ) : null}
      </header>
      <SampleFields sample={sample} />
      <RequestView asked={asked} contentType={draft.contentType} side={side} name={draft.name} />
      {fired.length > 0 ? <FiredStrip ids={fired} onClose={onForgetFired} /> : null}
      <footer className={classes.foot}>
        <RequestSize asked={asked} contentType={draft.contentType} />
        <span className={classes.spring} />
        <Tooltip
          label={`This webhook listens to ${eventLabel(draft.event)} only`}
          disabled={isOwnEvent}
        >
          <Button
            variant={savesFirst ? 'default' : 'filled'}
            leftSection={<IconSend2 size={14} aria-hidden />}
            loading={isSending}
            data-disabled={!isOwnEvent}
            aria-disabled={!isOwnEvent}
            title={isOwnEvent ? COMMAND_ENTER : ''}
            onClick={() => isOwnEvent && onSend()}
          >
            {words}
          </Button>
        </Tooltip>
      </footer>
    </section>
  )
}

function isSide(value: unknown): value is PreviewSide {
  return value === 'message' || value === 'request'
}

/** A choice that is no event's name. */
const RECORDED = 'recorded'

function SampleFields({ sample }: Pick<PreviewPaneProps, 'sample'>) {
  const { event, payloadText, recordedEvent } = sample
  const isRecorded = payloadText !== undefined
  return (
    <div className={classes.sample}>
      <NativeSelect
        label="Sample event"
        className={classes.sampleEvent}
        data={[
          ...(recordedEvent === null
            ? []
            : [{ value: RECORDED, label: `${eventLabel(recordedEvent)}, as recorded` }]),
          ...EVENT_TYPES.map((type) => ({
            group: EVENT_TYPE_LABELS[type],
            items: eventsOfType(type).map(({ name }) => ({ value: name, label: eventLabel(name) })),
          })),
        ]}
        value={isRecorded ? RECORDED : event}
        onChange={({ currentTarget: { value } }) => {
          const next = CATALOGUE.find(({ name }) => name === value)?.name
          if (next) sample.chooseEvent(next)
          else sample.chooseRecorded()
        }}
        classNames={{ root: classes.inline, label: classes.inlineLabel }}
      />
      {isRecorded ? null : <SeedField seed={sample.seed} onSeed={sample.chooseSeed} />}
    </div>
  )
}

interface SeedFieldProps {
  readonly seed: number
  readonly onSeed: (seed: number) => void
}

function SeedField({ seed, onSeed }: SeedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const type = (text: string) => {
    setTyped(text)
    if (/^\d{1,10}$/.test(text) && Number(text) <= MAX_SEED) onSeed(Number(text))
  }
  return (
    <div className={classes.seed}>
      <TextInput
        label="Seed"
        inputMode="numeric"
        value={typed ?? String(seed)}
        onChange={({ currentTarget: { value } }) => type(value)}
        onBlur={() => setTyped(null)}
        classNames={{ root: classes.inline, label: classes.inlineLabel, input: classes.seedInput }}
      />
      <Tooltip label="Another sample">
        <ActionIcon
          aria-label="Another sample"
          onClick={() => {
            setTyped(null)
            onSeed(newSeed())
          }}
        >
          <IconRefresh size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
