/** What became of each item against its original: counted, narrowed down, each opening the pair. */
import { Button } from '@mantine/core'
import { memo, useCallback, useState } from 'react'
import {
  BULK_ANSWERS,
  type BulkAnswer,
  type BulkAnswers,
  type BulkItem,
  type BulkItemState,
  type BulkRun,
  type ComparePart,
  carriedLabel,
  type OutcomeCode,
  outcomeStatus,
  withoutVersion,
} from '#contract'
import { CompareRules } from '../compare/compare-rules.tsx'
import { bulk, useBulkAnswers } from '../state/bulk.ts'
import { type BulkItemChoice, useBulkItems } from '../state/bulk-items.ts'
import { comparing, placeOf } from '../state/compare.ts'
import { goTo } from '../state/route.ts'
import { formatCount } from '../ui/bytes.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { StatusMark } from '../ui/status-mark.tsx'
import { AbsoluteTime } from '../ui/time.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import classes from './bulk.module.css'
import {
  ANSWER_MEANINGS,
  ANSWER_WORDS,
  answersWords,
  VERDICT_MEANINGS,
  VERDICT_WORDS,
} from './bulk-words.ts'
import { choiceThatCounts, statesToChoose } from './report-choice.ts'
import { AnswerMark, VerdictMark } from './verdict-mark.tsx'

const ROW_PX = 32

export function Report({ run }: { readonly run: BulkRun }) {
  const [state, setState] = useState<BulkItemState | null>(null)
  const [answer, setAnswer] = useState<BulkAnswer | null>(null)
  const answers = useBulkAnswers(run.id)
  const { counts } = run
  const choice = choiceThatCounts({ state, answer }, answers)
  return (
    <section className={classes.report} aria-label="Report">
      <fieldset className={classes.verdicts}>
        <legend className={classes.hiddenLegend}>Show by outcome</legend>
        <Choice
          words="All"
          count={counts.total}
          isChosen={state === null}
          onChoose={() => setState(null)}
        />
        {statesToChoose(counts, state).map((each) => (
          <Choice
            key={each}
            words={VERDICT_WORDS[each]}
            meaning={VERDICT_MEANINGS[each]}
            count={counts.states[each] ?? 0}
            isChosen={state === each}
            onChoose={() => setState(each)}
          />
        ))}
      </fieldset>
      {answers ? <Answers answers={answers} chosen={answer} onChoose={setAnswer} /> : null}
      <Items
        // Which are meant by an answer is known for good once all are compared.
        key={`${state} ${choice.answer} ${choice.answer && answers ? `${answers.revision} ${answers.state}` : ''}`}
        run={run}
        choice={choice}
      />
      <p className={classes.quiet}>A row opens the original beside its replay.</p>
      <CompareRules />
    </section>
  )
}

interface AnswersProps {
  readonly answers: BulkAnswers
  readonly chosen: BulkAnswer | null
  readonly onChoose: (answer: BulkAnswer | null) => void
}

/** What was chosen stays so while it is compared anew. */
function Answers({ answers, chosen, onChoose }: AnswersProps) {
  const { state, counts } = answers
  return (
    <div className={classes.answers}>
      {state === 'not_yet' ? null : (
        <fieldset className={classes.verdicts}>
          <legend className={classes.hiddenLegend}>Show by answer</legend>
          {BULK_ANSWERS.map((each) => (
            <Choice
              key={each}
              words={ANSWER_WORDS[each]}
              meaning={ANSWER_MEANINGS[each]}
              count={counts[each]}
              isChosen={chosen === each}
              onChoose={() => onChoose(chosen === each ? null : each)}
            />
          ))}
        </fieldset>
      )}
      <p className={classes.quiet} role="status">
        {answersWords(answers)}
      </p>
    </div>
  )
}

interface ChoiceProps {
  readonly words: string
  readonly meaning?: string
  readonly count: number
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function Choice({ words, meaning, count, isChosen, onChoose }: ChoiceProps) {
  return (
    <Button
      size="compact-xs"
      variant={isChosen ? 'light' : 'default'}
      {...(isChosen ? { className: classes.chosen ?? '' } : {})}
      aria-pressed={isChosen}
      title={meaning}
      onClick={onChoose}
    >
      {words} {formatCount(count)}
    </Button>
  )
}

interface ItemsProps {
  readonly run: BulkRun
  readonly choice: BulkItemChoice
}

function Items({ run, choice }: ItemsProps) {
  const { answer } = choice
  const { rows, isRead, problem, see } = useBulkItems(run.id, choice)
  const draw = useCallback(
    (index: number) => {
      const item = rows[index]
      return item ? (
        <ItemRow item={item} part={answer ? 'response' : undefined} />
      ) : (
        <div className={classes.item} aria-busy />
      )
    },
    [rows, answer],
  )
  if (problem !== null && rows.length === 0) return <ErrorNote message={problem} />
  if (rows.length === 0) {
    return <p className={classes.noItems}>{isRead ? noneWords(choice) : 'Reading…'}</p>
  }
  return (
    <div className={classes.items}>
      <VirtualList
        count={rows.length}
        rowPx={ROW_PX}
        label="Items, in the order of recording"
        draw={draw}
        onSee={see}
      />
    </div>
  )
}

function noneWords({ state, answer }: BulkItemChoice): string {
  const wanted = [
    ...(state === null ? [] : [VERDICT_WORDS[state]]),
    ...(answer === null ? [] : [ANSWER_WORDS[answer]]),
  ]
  return wanted.length === 0 ? 'Nothing was chosen.' : `${wanted.join(', ')}: none.`
}

interface ItemRowProps {
  readonly item: BulkItem
  /** Of the pair, what is looked at first. */
  readonly part: ComparePart | undefined
}

const ItemRow = memo(function ItemRow({ item, part }: ItemRowProps) {
  const { state, answer, reason, original, replay, delivery, capture } = item
  const recordedAtMs = capture?.receivedAtMs ?? delivery?.createdAtMs
  const left = placeOf(item)
  const open = () => {
    if (left && replay) {
      comparing.open(left, { kind: 'delivery', deliveryId: replay.deliveryId }, part)
      return
    }
    bulk.close()
    if (replay) goTo('deliveries', replay.deliveryId)
    else if (delivery) goTo('deliveries', delivery.id)
    else if (capture) goTo('captures', capture.id)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: the list makes it a cell of its grid
    <div className={classes.item} onClick={open}>
      <VerdictMark state={state} />
      <span className={classes.itemWhat}>{whatOf(item)}</span>
      <span className={classes.itemAt}>
        {recordedAtMs === undefined ? null : <AbsoluteTime atMs={recordedAtMs} />}
      </span>
      <End code={original.code} httpStatus={original.httpStatus} of="Before" />
      <span aria-hidden className={classes.quiet}>
        →
      </span>
      <End code={replay?.code ?? null} httpStatus={replay?.httpStatus ?? null} of="Now" />
      <AnswerMark answer={answer} />
      <span className={classes.reason} title={reason}>
        {reason}
      </span>
    </div>
  )
})

function whatOf({ delivery, capture }: BulkItem): string {
  if (capture) return withoutVersion(capture.startLine)
  if (delivery) {
    return `${carriedLabel(delivery.event)} → ${delivery.webhookName || delivery.endpoint}`
  }
  return 'The original is no longer there.'
}

interface EndProps {
  readonly code: OutcomeCode | null
  readonly httpStatus: number | null
  readonly of: string
}

function End({ code, httpStatus, of }: EndProps) {
  return (
    <span className={classes.end} title={of}>
      {code === null ? '–' : <StatusMark status={outcomeStatus(code)} compact />}
      {httpStatus ?? ''}
    </span>
  )
}
