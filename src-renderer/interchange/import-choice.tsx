/** What was found in a text, one below the other, with what of it is chosen, and the button that keeps it. */
import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import {
  type EventMapping,
  IMPORT_KIND_LABELS,
  type Imported,
  type ImportItem,
  type ImportPreview,
} from '#contract'
import { faultText } from '../state/core.ts'
import { type Given, importDialog } from '../state/import-dialog.ts'
import { importing } from '../state/importing.ts'
import { counted } from '../ui/bytes.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { EVENT_CHOICES, eventChosen } from '../ui/event-choices.ts'
import { orSay } from '../ui/or-say.ts'
import { say } from '../ui/say.ts'
import { ImportRow } from './import-row.tsx'
import { inWords } from './import-words.ts'
import classes from './interchange.module.css'

interface ImportChoiceProps {
  readonly given: Given
  readonly preview: ImportPreview
  readonly passphrase: string | null
  /** Something else stands there already, and is being read. */
  readonly isStale: boolean
}

/** Rows are drawn so many at a time. */
const STEP = 200

export function ImportChoice({ given, preview, passphrase, isStale }: ImportChoiceProps) {
  const { from, items, notes } = preview
  const possible = items.filter(({ kind }) => kind !== 'refused')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(
    () => new Set(possible.flatMap(({ index, isSuggested }) => (isSuggested ? [index] : []))),
  )
  const [limit, setLimit] = useState(STEP)
  const [mapping, setMapping] = useState<EventMapping | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const picked = items.filter(({ index }) => chosen.has(index))
  const needsMapping = picked.some(({ kind, event }) => kind === 'event' && event === null)
  const toggle = (index: number) => {
    const next = new Set(chosen)
    if (!next.delete(index)) next.add(index)
    setChosen(next)
  }
  const save = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const question = { given, passphrase, chosen: [...chosen], mapping }
      const imported = await importing.save(question)
      sayImported(imported, picked)
    } catch (error) {
      setProblem(faultText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <div className={classes.foundHead}>
        <h3 className={classes.heading}>
          Found in {IMPORT_KIND_LABELS[from]}: {inWords(items)}
        </h3>
        {possible.length > 1 ? (
          <Button
            className={classes.all}
            size="compact-xs"
            variant="subtle"
            onClick={() =>
              setChosen(
                chosen.size === possible.length
                  ? new Set()
                  : new Set(possible.map(({ index }) => index)),
              )
            }
          >
            {chosen.size === possible.length ? 'Choose none' : 'Choose all'}
          </Button>
        ) : null}
      </div>
      {notes.map((note) => (
        <p key={note} className={classes.quiet}>
          {note}
        </p>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ul className={classes.items} aria-label="What was recognised" tabIndex={0}>
        {items.slice(0, limit).map((item) => (
          <ImportRow
            key={item.index}
            item={item}
            isChosen={chosen.has(item.index)}
            onToggle={() => toggle(item.index)}
          />
        ))}
        {items.length > limit ? (
          <li>
            <Button size="compact-xs" variant="default" onClick={() => setLimit(limit + STEP)}>
              Show {Math.min(STEP, items.length - limit)} more
            </Button>
          </li>
        ) : null}
      </ul>
      {needsMapping ? <Mapping mapping={mapping} onMapping={setMapping} /> : null}
      {problem === null ? null : <ErrorNote message={problem} />}
      <div className={classes.foot}>
        <Button variant="default" onClick={importDialog.close}>
          Close
        </Button>
        <Button
          disabled={chosen.size === 0 || isBusy || isStale || (needsMapping && mapping === null)}
          onClick={() => void save()}
        >
          {chosen.size === 0 ? 'Import' : `Import ${inWords(picked)}`}
        </Button>
      </div>
    </>
  )
}

interface MappingProps {
  readonly mapping: EventMapping | null
  readonly onMapping: (mapping: EventMapping | null) => void
}

/** Which event those are that do not say. */
function Mapping({ mapping, onMapping }: MappingProps) {
  const [place, setPlace] = useState<EventMapping['place']>('payload')
  const change = (event: EventMapping['event'] | null, where: EventMapping['place']) =>
    onMapping(event && { event, place: where })
  return (
    <div className={classes.mapping}>
      <NativeSelect
        size="xs"
        label="Those that do not say are"
        data={[
          ...(mapping === null ? [{ value: '', label: 'Choose an event' }] : []),
          ...EVENT_CHOICES,
        ]}
        value={mapping?.event ?? ''}
        onChange={({ currentTarget }) => change(eventChosen(currentTarget.value), place)}
      />
      <SegmentedControl
        size="xs"
        aria-label="What they are"
        value={place}
        data={[
          { value: 'payload', label: 'The whole payload' },
          { value: 'data', label: 'The event’s data' },
        ]}
        onChange={(value) => {
          const where = value === 'data' ? 'data' : 'payload'
          setPlace(where)
          change(mapping?.event ?? null, where)
        }}
      />
    </div>
  )
}

/** What was kept, with the way back, and shows it. */
function sayImported(imported: Imported, picked: readonly ImportItem[]): void {
  importing.show(imported)
  const { sampleIds, captureIds, webhookIds } = imported
  const kept = [
    ...(captureIds.length > 0 ? [counted(captureIds.length, 'request', 'requests')] : []),
    ...(sampleIds.length > 0 ? [counted(sampleIds.length, 'sample', 'samples')] : []),
    ...(webhookIds.length > 0 ? [counted(webhookIds.length, 'webhook', 'webhooks')] : []),
  ].join(', ')
  say(`${kept} imported.`, {
    action: { label: 'Undo', onClick: () => void orSay(importing.undo(imported)) },
  })
  const [sampleId] = sampleIds
  if (sampleId === undefined) return
  void orSay(picked.length === 1 ? importing.openSample(sampleId) : importing.showSample(sampleId))
}
