/** Receivers and what they recorded: which one, how it answers, its captures, and one of them. */
import { useEffect, useState } from 'react'
import { type CaptureId, IMPORTED_RECEIVER, type Receiver, type ReceiverId } from '#contract'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { captures, useCaptures } from '../state/captures.ts'
import { useImportedCount } from '../state/importing.ts'
import { receivers, useReceivers } from '../state/receivers.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { SplitPane } from '../ui/split-pane.tsx'
import { CaptureFilterBar } from './capture-filter-bar.tsx'
import { CaptureList } from './capture-list.tsx'
import { CapturePane } from './capture-pane.tsx'
import classes from './captures.module.css'
import { ChannelView } from './channel-view.tsx'
import { ImportedCard } from './imported-card.tsx'
import { ReceiverBar } from './receiver-bar.tsx'
import { ReceiverCard } from './receiver-card.tsx'
import { ReceiverSettings } from './receiver-settings.tsx'
import { RehearsalSettings } from './rehearsal-settings.tsx'
import { ScriptEditor } from './script-editor.tsx'

interface CapturesScreenProps {
  /** The capture that is looked at. */
  readonly selected: CaptureId | null
  readonly onSelect: (id: CaptureId | null) => void
}

type Dialog = 'answers' | 'settings' | null

export function CapturesScreen({ selected, onSelect }: CapturesScreenProps) {
  const { receivers: list, problem } = useReceivers()
  const chosenId = useCaptures(({ filter }) => filter.receiverId)
  const [dialog, setDialog] = useState<Dialog>(null)
  const [isChannelOpen, setChannelOpen] = useState(false)
  useEffect(() => {
    receivers.open()
    captures.open()
    return () => {
      receivers.close()
      captures.close()
    }
  }, [])
  const imported = useImportedCount() ?? 0
  const shown = shownReceiver(list, chosenId, imported)
  const isRehearsal = shown !== undefined && shown.kind !== 'plain'
  const choose = (receiverId: ReceiverId | undefined) => {
    captures.narrow({ receiverId })
    // A capture of another receiver gives way to the channel of this one.
    if (list.some(({ id, kind }) => id === receiverId && kind !== 'plain')) onSelect(null)
  }
  const showChannel = () => {
    onSelect(null)
    setChannelOpen(true)
  }
  return (
    <>
      {dialog === 'answers' && shown ? (
        <ScriptEditor receiver={shown} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'settings' && shown ? (
        isRehearsal ? (
          <RehearsalSettings receiver={shown} onClose={() => setDialog(null)} />
        ) : (
          <ReceiverSettings receiver={shown} onClose={() => setDialog(null)} />
        )
      ) : null}
      <SplitPane
        id="captures"
        listPercent={40}
        isOpen={selected !== null || (isChannelOpen && isRehearsal)}
        onClose={() => {
          onSelect(null)
          setChannelOpen(false)
        }}
        list={
          <div className={classes.screen}>
            {problem === null ? null : <ErrorNote message={problem} />}
            <ReceiverBar
              receivers={list}
              imported={imported}
              chosenId={chosenId}
              onChoose={choose}
            />
            {shown ? (
              <ReceiverCard
                key={shown.id}
                receiver={shown}
                onEditAnswers={() => setDialog('answers')}
                onEdit={() => setDialog('settings')}
                isChannelAway={selected !== null}
                onShowChannel={showChannel}
              />
            ) : null}
            {chosenId === IMPORTED_RECEIVER ? <ImportedCard count={imported} /> : null}
            <CaptureFilterBar />
            <BulkBar />
            <CaptureList
              receivers={list}
              aim={shown ?? list[0]}
              selected={selected}
              onSelect={onSelect}
            />
          </div>
        }
        detail={
          selected === null && shown && isRehearsal ? (
            <ChannelView key={shown.id} receiver={shown} onOpenCapture={onSelect} />
          ) : selected === null ? (
            <EmptyState sentence="Choose a request to see its bytes." />
          ) : (
            <CapturePane
              key={selected}
              id={selected}
              receivers={list}
              onGone={() => onSelect(null)}
              onShowChannel={isRehearsal ? showChannel : null}
            />
          )
        }
      />
    </>
  )
}

/** The chosen one; the only one where there is no choice. */
function shownReceiver(
  list: readonly Receiver[],
  chosenId: Receiver['id'] | undefined,
  imported: number,
): Receiver | undefined {
  const isAlone = list.length === 1 && imported === 0
  return isAlone ? list[0] : list.find(({ id }) => id === chosenId)
}
