/** The seed of a payload: typed, or another one by chance. What is typed stays while one types. */
import { ActionIcon, NumberInput } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { type EventName, MAX_SEED } from '#contract'
import { simulator } from '../state/simulator.ts'
import classes from './simulator.module.css'

interface SeedFieldProps {
  readonly event: EventName
  readonly seed: number
}

export function SeedField({ event, seed }: SeedFieldProps) {
  // The payload of what is typed comes a moment later; until then the field must not be set back.
  const [typed, setTyped] = useState<number | string | null>(null)
  return (
    <div className={classes.seed}>
      <label htmlFor="simulator-seed">Seed</label>
      <NumberInput
        id="simulator-seed"
        size="xs"
        w={96}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        max={MAX_SEED}
        clampBehavior="strict"
        value={typed ?? seed}
        onChange={(value) => {
          setTyped(value)
          if (typeof value === 'number') simulator.seed(event, value)
        }}
        onBlur={() => setTyped(null)}
      />
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Another seed"
        title="Another seed: other data. The same seed always makes the same payload."
        onClick={() => simulator.reroll(event)}
      >
        <IconRefresh size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}
