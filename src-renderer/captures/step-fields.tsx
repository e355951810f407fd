/** One step of an answer script: what it does, when, how often. */
import { ActionIcon, NativeSelect, NumberInput, Textarea } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { type AnswerStep, textAnswer } from '#contract'
import classes from './captures.module.css'

interface StepFieldsProps {
  readonly step: AnswerStep
  readonly number: number
  readonly count: number
  /** What the core says of a part, such as `status` or `headers.0`. */
  readonly problemOf: (part: string) => string | undefined
  readonly onChange: (step: AnswerStep) => void
  readonly onRemove: () => void
  readonly onMove: (by: -1 | 1) => void
}

const KINDS = [
  { value: 'answer', label: 'Answers' },
  { value: 'drop', label: 'Closes the connection' },
  { value: 'reset', label: 'Resets the connection' },
] as const

export function StepFields(props: StepFieldsProps) {
  const { step, number, count, problemOf, onChange, onRemove, onMove } = props
  const changeKind = (value: string) => {
    const { delayMs, times } = step
    if (value === 'answer') onChange(textAnswer(200, 'ok', { delayMs, times }))
    if (value === 'drop' || value === 'reset') onChange({ kind: value, delayMs, times })
  }
  return (
    <fieldset className={classes.step}>
      <legend>Step {number}</legend>
      <div className={classes.stepLine}>
        <NativeSelect
          label="It"
          data={[...KINDS]}
          value={step.kind}
          onChange={({ currentTarget: { value } }) => changeKind(value)}
        />
        {step.kind === 'answer' ? (
          <NumberInput
            label="Status"
            className={classes.stepNumber}
            clampBehavior="none"
            value={step.status}
            onChange={(status) => onChange({ ...step, status: Number(status) })}
            error={problemOf('status')}
          />
        ) : null}
        <NumberInput
          label="Delay"
          className={classes.stepNumber}
          suffix=" s"
          clampBehavior="none"
          value={step.delayMs / 1_000}
          onChange={(seconds) =>
            onChange({ ...step, delayMs: Math.round(Number(seconds) * 1_000) })
          }
          error={problemOf('delayMs')}
        />
        <NumberInput
          label="Times"
          className={classes.stepNumber}
          clampBehavior="none"
          value={step.times}
          onChange={(times) => onChange({ ...step, times: Number(times) })}
          error={problemOf('times')}
        />
        <span className={classes.stepActions}>
          <ActionIcon
            aria-label={`Move step ${number} up`}
            disabled={number === 1}
            onClick={() => onMove(-1)}
          >
            <IconArrowUp size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon
            aria-label={`Move step ${number} down`}
            disabled={number === count}
            onClick={() => onMove(1)}
          >
            <IconArrowDown size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon
            aria-label={`Remove step ${number}`}
            disabled={count === 1}
            onClick={onRemove}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </span>
      </div>
      {step.kind === 'answer' ? (
        <AnswerFields step={step} problemOf={problemOf} onChange={onChange} />
      ) : null}
    </fieldset>
  )
}

interface AnswerFieldsProps {
  readonly step: Extract<AnswerStep, { kind: 'answer' }>
  readonly problemOf: (part: string) => string | undefined
  readonly onChange: (step: AnswerStep) => void
}

function AnswerFields({ step, problemOf, onChange }: AnswerFieldsProps) {
  const [typed, setTyped] = useState(headersAsText(step.headers))
  const shown = sameHeaders(headersOf(typed), step.headers) ? typed : headersAsText(step.headers)
  const headerProblem = headerProblemIn(shown, (index) => problemOf(`headers.${index}`))
  return (
    <>
      <Textarea
        label="Headers"
        description="One a line, as Name: value. Content-Length, Date and Connection are added."
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
        classNames={{ input: classes.wire }}
        value={shown}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value)
          onChange({ ...step, headers: headersOf(value) })
        }}
        error={headerProblem}
      />
      <Textarea
        label="Body"
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: classes.wire }}
        value={step.body}
        onChange={({ currentTarget: { value } }) => onChange({ ...step, body: value })}
        error={problemOf('body')}
      />
      <NumberInput
        label="Body over"
        description="0: at once; else it drips over so many seconds."
        classNames={{ wrapper: classes.stepNumber }}
        suffix=" s"
        clampBehavior="none"
        value={(step.dripMs ?? 0) / 1_000}
        onChange={(seconds) => {
          const dripMs = Math.round(Number(seconds) * 1_000)
          onChange({ ...step, dripMs: dripMs === 0 ? null : dripMs })
        }}
        error={problemOf('dripMs')}
      />
    </>
  )
}

type Headers = Extract<AnswerStep, { kind: 'answer' }>['headers']

function headersAsText(headers: Headers): string {
  return headers.map(({ name, value }) => `${name}: ${value}`).join('\n')
}

/** The first, with the line that it is in. @param problemOf of the header at an index */
function headerProblemIn(
  text: string,
  problemOf: (index: number) => string | undefined,
): string | undefined {
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 }))
  for (const [index, { line, number }] of lines.filter(isFilled).entries()) {
    const problem = problemOf(index)
    if (problem === undefined) continue
    if (line.includes(':')) return `Line ${number}: ${problem}`
    return `Line ${number} has no colon. Write it as Name: value.`
  }
  return undefined
}

function isFilled({ line }: { readonly line: string }): boolean {
  return line.trim() !== ''
}

/** A line without a colon is a name that is still being typed. */
function headersOf(text: string): Headers {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':')
      return colon === -1
        ? { name: line.trim(), value: '' }
        : { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }
    })
}

function sameHeaders(a: Headers, b: Headers): boolean {
  return headersAsText(a) === headersAsText(b)
}
