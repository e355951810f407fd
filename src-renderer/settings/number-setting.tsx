/** A whole number that is saved as soon as it is left or Enter is pressed; a wrong one says why. */
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultText } from '../state/core.ts'
import classes from './settings.module.css'

interface NumberSettingProps {
  readonly name: string
  readonly unit?: string
  readonly value: number
  readonly minimum: number
  readonly maximum: number
  readonly save: (value: number) => Promise<unknown>
}

export function NumberSetting({ name, unit, value, minimum, maximum, save }: NumberSettingProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isSaved, setSaved] = useState(false)
  const text = typed ?? String(value)
  const wanted = `A whole number from ${minimum} to ${maximum} is wanted.`
  const number = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN
  const isFitting = number >= minimum && number <= maximum

  const commit = async () => {
    if (typed === null || !isFitting) return
    if (number === value) return setTyped(null)
    try {
      await save(number)
      setTyped(null)
      setProblem(null)
      setSaved(true)
    } catch (error) {
      setProblem(faultText(error))
    }
  }
  return (
    <div className={classes.inline}>
      <TextInput
        size="xs"
        className={classes.number}
        aria-label={name}
        inputMode="numeric"
        value={text}
        error={typed !== null && !isFitting ? wanted : problem}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setSaved(false)
        }}
        onBlur={() => void commit()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void commit()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
      {unit ? <span className={classes.unit}>{unit}</span> : null}
      <span role="status" className={classes.saved}>
        {isSaved ? 'Saved' : ''}
      </span>
    </div>
  )
}
