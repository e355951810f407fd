/** How a rehearsal answers: as the real one does, or failing in one of its ways, for so long. */
import { NativeSelect } from '@mantine/core'
import {
  REHEARSAL_FAILURES,
  type Receiver,
  type RehearsalKind,
  type RehearsalSettings,
  rehearsalFailure,
} from '#contract'
import { receivers } from '../state/receivers.ts'
import { orSay } from '../ui/or-say.ts'
import classes from './captures.module.css'

interface RehearsalAnswerProps {
  readonly receiver: Receiver
  readonly kind: RehearsalKind
}

const AS_REAL = ''
const ALWAYS = 'always'
const TIMES = [1, 2, 3, 5, 10]

const REAL: Readonly<Record<RehearsalKind, string>> = {
  slack: 'Answers as Slack does',
  teams: 'Answers as Teams does',
  teams_legacy: 'Answers as a Teams connector did',
  webex: 'Answers as Webex does',
}

export function RehearsalAnswer({ receiver, kind }: RehearsalAnswerProps) {
  const { id, name, rehearsal } = receiver
  const { told } = rehearsal
  const set = (change: Partial<RehearsalSettings>) =>
    void orSay(receivers.setRehearsal(id, { ...rehearsal, ...change }))
  const failure = told && rehearsalFailure(kind, told.code)
  return (
    <div className={classes.answer}>
      <div className={classes.answerLine}>
        <NativeSelect
          size="xs"
          aria-label={`How ${name} answers`}
          className={classes.answerChoice}
          data={[
            { value: AS_REAL, label: REAL[kind] },
            {
              group: 'Fails with',
              items: REHEARSAL_FAILURES[kind].map(({ code, label }) => ({ value: code, label })),
            },
          ]}
          value={told?.code ?? AS_REAL}
          onChange={({ currentTarget: { value: code } }) =>
            set({ told: code === AS_REAL ? null : { code, left: told ? told.left : 1 } })
          }
        />
        {told ? (
          <NativeSelect
            size="xs"
            aria-label={`How often ${name} fails`}
            data={timesChoice(told.left)}
            value={told.left === null ? ALWAYS : String(told.left)}
            onChange={({ currentTarget: { value } }) =>
              set({ told: { ...told, left: value === ALWAYS ? null : Number(value) } })
            }
          />
        ) : null}
      </div>
      {failure ? (
        <p className={classes.sentence}>
          {failure.sentence}
          {failure.isStatusGuessed
            ? ` That it comes with ${failure.status} is a guess: no document names the status.`
            : null}
        </p>
      ) : null}
    </div>
  )
}

/** What is left of a longer count is among them too. */
function timesChoice(left: number | null) {
  const counts = left === null || TIMES.includes(left) ? TIMES : [...TIMES, left]
  return [
    ...counts
      .toSorted((a, b) => a - b)
      .map((count) => ({
        value: String(count),
        label: count === 1 ? 'the next time' : `the next ${count} times`,
      })),
    { value: ALWAYS, label: 'until turned off' },
  ]
}
