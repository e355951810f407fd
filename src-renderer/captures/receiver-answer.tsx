/** What a receiver answers: a preset or a script of one's own, where it stands, and its editor. */

import { Button, NativeSelect } from '@mantine/core'
import { IconPencil, IconRotate } from '@tabler/icons-react'
import {
  ANSWER_PRESETS,
  type AnswerScript,
  type AnswerStep,
  answerScriptSchema,
  type Receiver,
} from '#contract'
import { receivers } from '../state/receivers.ts'
import { formatDuration } from '../ui/duration.ts'
import { orSay } from '../ui/or-say.ts'
import classes from './captures.module.css'

const OWN = 'own'

/** Two scripts that say the same have the same text. */
const textOf = (script: AnswerScript) => JSON.stringify(answerScriptSchema.parse(script))
const PRESET_TEXTS = ANSWER_PRESETS.map(({ script }) => textOf(script))

interface ReceiverAnswerProps {
  readonly receiver: Receiver
  readonly onEdit: () => void
}

export function ReceiverAnswer({ receiver, onEdit }: ReceiverAnswerProps) {
  const { id, script, position } = receiver
  const preset = PRESET_TEXTS.indexOf(textOf(script))
  const choose = async (value: string) => {
    const chosen = ANSWER_PRESETS[Number(value)]
    if (value === OWN || !chosen) return onEdit()
    await orSay(receivers.setScript(id, chosen.script))
  }
  return (
    <div className={classes.answer}>
      <div className={classes.answerLine}>
        <NativeSelect
          size="xs"
          aria-label={`What ${receiver.name} answers`}
          className={classes.answerChoice}
          data={[
            ...ANSWER_PRESETS.map(({ label }, index) => ({ value: String(index), label })),
            { value: OWN, label: 'Own answers' },
          ]}
          value={preset === -1 ? OWN : String(preset)}
          onChange={({ currentTarget: { value } }) => void choose(value)}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={onEdit}
        >
          Edit answers
        </Button>
      </div>
      <ol className={classes.steps} aria-label="Answers">
        {script.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
          <li key={index} data-next={index === position.step || undefined}>
            {stepInWords(step)}
            {script.steps.length > 1 && index === position.step ? (
              <strong> · answers next</strong>
            ) : null}
            {step.times > 1 && index === position.step && position.done > 0
              ? `, ${position.done} of ${step.times} done`
              : ''}
          </li>
        ))}
      </ol>
      {script.steps.length > 1 ? (
        <div className={classes.answerLine}>
          <span className={classes.sentence}>
            {script.atEnd === 'start_over'
              ? 'After the last it starts over.'
              : 'The last is repeated.'}
          </span>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconRotate size={12} aria-hidden />}
            onClick={() => void orSay(receivers.restartScript(id))}
          >
            Begin again
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function stepInWords(step: AnswerStep): string {
  const late = step.delayMs > 0 ? ` after ${formatDuration(step.delayMs)}` : ''
  const times = step.times > 1 ? ` (${step.times} times)` : ''
  if (step.kind === 'drop') return `Closes the connection${late}${times}`
  if (step.kind === 'reset') return `Resets the connection${late}${times}`
  const wait = step.headers.find(({ name }) => name.toLowerCase() === 'retry-after')?.value
  const retryAfter = wait ? `, Retry-After: ${wait}` : ''
  const drip = step.dripMs === null ? '' : `, the body over ${formatDuration(step.dripMs)}`
  return `${step.status}${retryAfter}${late}${drip}${times}`
}
