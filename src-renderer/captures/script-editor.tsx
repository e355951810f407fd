/** A receiver's answers, step by step; saved together, wrong parts say why. */
import { Button, SegmentedControl } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type AnswerScript, type AnswerStep, type Receiver, textAnswer } from '#contract'
import { faultOf } from '../state/core.ts'
import { receivers } from '../state/receivers.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import classes from './captures.module.css'
import { StepFields } from './step-fields.tsx'

interface ScriptEditorProps {
  readonly receiver: Receiver
  readonly onClose: () => void
}

export function ScriptEditor({ receiver, onClose }: ScriptEditorProps) {
  const [script, setScript] = useState<AnswerScript>(receiver.script)
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const [fault, setFault] = useState<string | null>(null)
  const setSteps = (edit: (steps: readonly AnswerStep[]) => readonly AnswerStep[]) =>
    setScript((before) => ({ ...before, steps: [...edit(before.steps)] }))
  const save = async () => {
    try {
      await receivers.setScript(receiver.id, script)
      onClose()
    } catch (error) {
      const found = faultOf(error)
      setProblems(new Map(found.problems.map(({ field, message }) => [field, message])))
      setFault(found.problems.length > 0 ? 'Some parts do not fit yet.' : found.message)
    }
  }
  return (
    <Dialog opened isForm onClose={onClose} size={640} title={`What ${receiver.name} answers`}>
      <div className={classes.editor}>
        {script.steps.map((step, index) => (
          <StepFields
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
            key={index}
            step={step}
            number={index + 1}
            count={script.steps.length}
            problemOf={(part) => problems.get(`steps.${index}.${part}`)}
            onChange={(next) =>
              setSteps((steps) => steps.map((old, i) => (i === index ? next : old)))
            }
            onRemove={() => setSteps((steps) => steps.filter((_, i) => i !== index))}
            onMove={(by) => setSteps((steps) => moved(steps, index, by))}
          />
        ))}
        <div className={classes.answerLine}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setSteps((steps) => [...steps, textAnswer(200, 'ok')])}
          >
            Add a step
          </Button>
          {script.steps.length > 1 ? (
            <SegmentedControl
              size="xs"
              aria-label="After the last step"
              data={[
                { value: 'repeat_last', label: 'Repeat the last' },
                { value: 'start_over', label: 'Start over' },
              ]}
              value={script.atEnd}
              onChange={(value) =>
                setScript((before) => ({
                  ...before,
                  atEnd: value === 'start_over' ? 'start_over' : 'repeat_last',
                }))
              }
            />
          ) : null}
        </div>
        {fault === null ? null : <ErrorNote message={fault} />}
        <div className={classes.editorFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={() => void save()}>Save</Button>
        </div>
      </div>
    </Dialog>
  )
}

function moved(steps: readonly AnswerStep[], from: number, by: -1 | 1): readonly AnswerStep[] {
  const step = steps[from]
  const to = from + by
  if (!step || to < 0 || to >= steps.length) return steps
  const rest = steps.filter((_, i) => i !== from)
  return [...rest.slice(0, to), step, ...rest.slice(to)]
}
