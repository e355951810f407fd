/**
 * Making an event of what was sent or received: which event it is (chosen by the user where the body
 * does not say), its payload, and where it goes from here.
 */
import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { IconBookmark, IconPlayerPlay, IconWebhook } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { BodyPlace, EventName, EventSource, MadeEvent } from '#contract'
import { faultText } from '../state/core.ts'
import { making, useMadeEvent, useMaking } from '../state/made-event.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { EVENT_CHOICES, eventChosen } from '../ui/event-choices.ts'
import { say } from '../ui/say.ts'
import { WireView } from '../ui/wire-view.tsx'
import classes from './make-event.module.css'

export function MakeEvent() {
  const source = useMaking((state) => state.source)
  return (
    <Dialog
      opened={source !== null}
      isForm
      onClose={making.close}
      title="Make an event"
      size={800}
      yOffset={24}
      classNames={{ body: classes.modal }}
    >
      {source ? <Making source={source} /> : null}
    </Dialog>
  )
}

function Making({ source }: { readonly source: EventSource }) {
  const [chosen, setChosen] = useState<EventName | null>(null)
  const [place, setPlace] = useState<BodyPlace>('payload')
  const mapping = chosen && { event: chosen, place }
  const { value: made, problem } = useMadeEvent({ source, mapping })
  if (!made)
    return problem === null ? (
      <p className={classes.quiet}>Reading the request…</p>
    ) : (
      <ErrorNote message={problem} />
    )
  return (
    <>
      {problem === null ? null : <ErrorNote message={problem} />}
      <Recognition
        made={made}
        chosen={chosen}
        place={place}
        onChoose={setChosen}
        onPlace={setPlace}
      />
      <div className={classes.payload}>
        <WireView text={made.payloadText} language="json" label="Payload of the event" />
      </div>
      {made.notes.map((note) => (
        <p key={note} className={classes.quiet}>
          {note}
        </p>
      ))}
      <Ways source={source} event={made.event} payloadText={made.payloadText} />
    </>
  )
}

interface RecognitionProps {
  readonly made: MadeEvent
  readonly chosen: EventName | null
  readonly place: BodyPlace
  readonly onChoose: (event: EventName | null) => void
  readonly onPlace: (place: BodyPlace) => void
}

function Recognition({ made, chosen, place, onChoose, onPlace }: RecognitionProps) {
  const isRecognised = chosen === null && made.event !== null
  return (
    <div className={classes.recognition}>
      <NativeSelect
        label="Event"
        description={
          isRecognised
            ? 'The envelope says so.'
            : 'The body does not say which event it is, so you choose.'
        }
        data={[
          ...(chosen === null && made.event === null
            ? [{ value: '', label: 'Choose an event' }]
            : []),
          ...EVENT_CHOICES,
        ]}
        value={made.event ?? ''}
        onChange={({ currentTarget }) => onChoose(eventChosen(currentTarget.value))}
      />
      {chosen !== null && made.isObject ? (
        <SegmentedControl
          size="xs"
          aria-label="What the body is"
          value={place}
          data={[
            { value: 'payload', label: 'It is the whole payload' },
            { value: 'data', label: 'It is the event’s data' },
          ]}
          onChange={(value) => onPlace(value === 'data' ? 'data' : 'payload')}
        />
      ) : null}
    </div>
  )
}

interface WaysProps {
  readonly source: EventSource
  readonly event: EventName | null
  readonly payloadText: string
}

function Ways({ source, event, payloadText }: WaysProps) {
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  /** A failure is said and leaves the dialog as it was. */
  const go = async (work: (event: EventName) => Promise<void>) => {
    if (event === null || isBusy) return
    setBusy(true)
    try {
      await work(event)
    } catch (error) {
      say(faultText(error))
    } finally {
      setBusy(false)
    }
  }
  const keep = (form: FormEvent) => {
    form.preventDefault()
    const kept = name.trim()
    setProblem(kept === '' ? 'It needs a name.' : null)
    if (kept === '') return
    void go(async (known) => {
      await making.keepSample(known, kept, payloadText)
      say(`The sample “${kept}” was kept.`, {
        action: {
          label: 'Open in the simulator',
          onClick: () => void making.toSimulator(known, payloadText).catch(sayFault),
        },
      })
    })
  }
  const draft = () =>
    void go(async (known) => {
      const undo = await making.toWebhook(source, known, payloadText)
      if (undo) {
        say('The form that was begun was put aside for this one.', {
          action: { label: 'Undo', onClick: undo },
        })
      }
    })
  return (
    <div className={classes.ways}>
      <form className={classes.keep} onSubmit={keep}>
        <TextInput
          label="Name of a sample"
          placeholder="The booking that failed"
          maxLength={200}
          value={name}
          error={problem}
          disabled={event === null}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={event === null}
          leftSection={<IconBookmark size={14} aria-hidden />}
        >
          Keep as sample
        </Button>
      </form>
      <div className={classes.buttons}>
        <Button
          variant="default"
          disabled={event === null}
          leftSection={<IconWebhook size={14} aria-hidden />}
          onClick={draft}
        >
          Draft a webhook
        </Button>
        <Button
          data-autofocus
          disabled={event === null}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={() => void go((known) => making.toSimulator(known, payloadText))}
        >
          Open in the simulator
        </Button>
      </div>
    </div>
  )
}

function sayFault(error: unknown): void {
  say(faultText(error))
}
