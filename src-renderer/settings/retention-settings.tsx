/** How much of the history is kept: all of it, unless the user wants otherwise. */

import { Checkbox } from '@mantine/core'
import { RETENTION_BOUNDS, type Retention } from '#contract'
import { saveSettings } from '../state/settings.ts'
import { orSay } from '../ui/or-say.ts'
import { NumberSetting } from './number-setting.tsx'
import { SettingRow } from './setting-row.tsx'

const RULES = [
  {
    part: 'maxAgeDays',
    name: 'By age',
    label: 'Delete what is older than',
    unit: 'days',
    first: 90,
  },
  { part: 'maxMb', name: 'By size', label: 'Delete the oldest beyond', unit: 'MB', first: 1_000 },
] as const

export function RetentionSettings({ retention }: { readonly retention: Retention }) {
  const save = (change: Partial<Retention>) =>
    saveSettings({ retention: { ...retention, ...change } })
  return RULES.map(({ part, name, label, unit, first }) => {
    const value = retention[part]
    return (
      <SettingRow
        key={part}
        name={name}
        hint={
          value === null ? 'All of it is kept.' : 'With all its bytes; what has not ended stays.'
        }
      >
        <Checkbox
          label={label}
          checked={value !== null}
          onChange={({ currentTarget: { checked } }) => {
            void orSay(save({ [part]: checked ? first : null }))
          }}
        />
        {value === null ? null : (
          <NumberSetting
            name={`${name}, in ${unit}`}
            unit={unit}
            value={value}
            minimum={RETENTION_BOUNDS[part].from}
            maximum={RETENTION_BOUNDS[part].to}
            save={(next) => save({ [part]: next })}
          />
        )}
      </SettingRow>
    )
  })
}
