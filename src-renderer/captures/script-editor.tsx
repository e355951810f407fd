/** A receiver's answers, step by step; saved together, wrong parts say why. */
import { Button, SegmentedControl } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type AnswerStep, type Receiver, textAnswer } from '#contract'
import { faultOf } from '../state/core.ts'
import { useFormDraft } from '../state/form-drafts.ts'
import { scriptDrafts } from '../state/receiver-forms.ts'
import { receivers } from '../state/receivers.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { formFault } from '../ui/form-fault.ts'
import { LeftBefore } from '../ui/left-before.tsx'
import classes from './captures.module.css'
import { StepFields } from './step-fields.tsx'

interface ScriptEditorProps {
  readonly receiver: Receiver
  readonly onClose: () => void
}

export function ScriptEditor({ receiver, onClose }: ScriptEditorProps) {
  const { form, wasLeft, change, fault, refuse, startOver, forget } = useFormDraft(
    scriptDrafts,
    receiver.id,
    receiver.script,
  )
  const { steps, atEnd } = form
  const { of: problemOf } = formFault(fault, () => true)
  const foot = fault && (fault.problems.length > 0 ? SOME_DO_NOT_FIT : fault.message)
  const close = () => {
    forget()
    onClose()
  }
  const save = async () => {
    try {
      await receivers.setScript(receiver.id, form)
      close()
    } catch (error) {
      refuse(faultOf(error))
    }
  }
  return (
    <Dialog opened isForm onClose={onClose} size={640} title={`What ${receiver.name} answers`}>
      <div className={classes.editor}>
        {wasLeft ? <LeftBefore onStartOver={startOver} /> : null}
        {steps.map((step, index) => (
          <StepFields
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
            key={index}
            step={step}
            number={index + 1}
            count={steps.length}
            problemOf={(part) => problemOf(`steps.${index}.${part}`)}
            onChange={(next) =>
              change({ steps: steps.map((old, i) => (i === index ? next : old)) })
            }
            onRemove={() => change({ steps: steps.filter((_, i) => i !== index) })}
            onMove={(by) => change({ steps: moved(steps, index, by) })}
          />
        ))}
        <div className={classes.answerLine}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => change({ steps: [...steps, textAnswer(200, 'ok')] })}
          >
            Add a step
          </Button>
          {steps.length > 1 ? (
            <SegmentedControl
              size="xs"
              aria-label="After the last step"
              data={[
                { value: 'repeat_last', label: 'Repeat the last' },
                { value: 'start_over', label: 'Start over' },
              ]}
              value={atEnd}
              onChange={(value) =>
                change({ atEnd: value === 'start_over' ? 'start_over' : 'repeat_last' })
              }
            />
          ) : null}
        </div>
        {foot === null ? null : <ErrorNote message={foot} />}
        <div className={classes.editorFoot}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button onClick={() => void save()}>Save</Button>
        </div>
      </div>
    </Dialog>
  )
}

const SOME_DO_NOT_FIT = 'Some parts do not fit yet.'

function moved(steps: readonly AnswerStep[], from: number, by: -1 | 1): AnswerStep[] {
  const step = steps[from]
  const to = from + by
  if (!step || to < 0 || to >= steps.length) return [...steps]
  const rest = steps.filter((_, i) => i !== from)
  return [...rest.slice(0, to), step, ...rest.slice(to)]
}
