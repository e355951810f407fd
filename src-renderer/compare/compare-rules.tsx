/** The rules by which differences are ignored: turned on and off, taken out, added; saved at once. */
import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type FormEvent, memo, useState } from 'react'
import type { CompareRule } from '#contract'
import { compareRules, useCompareRules, withRule } from '../state/compare.ts'
import { orSay } from '../ui/or-say.ts'
import { say } from '../ui/say.ts'
import classes from './compare.module.css'

const KINDS = [
  { value: 'header', label: 'Header' },
  { value: 'path', label: 'Path in the body' },
] as const satisfies readonly { value: CompareRule['kind']; label: string }[]

/** Many fields, drawn again when a rule is another one only. */
export const CompareRules = memo(function CompareRules() {
  const rules = useCompareRules()
  const on = rules.filter(({ isOn }) => isOn).length
  const save = (next: readonly CompareRule[]) => orSay(compareRules.save(next))
  const remove = (rule: CompareRule) => {
    void save(rules.filter(({ id }) => id !== rule.id))
    say(`The rule ${rule.pattern} was removed.`, {
      action: { label: 'Undo', onClick: () => void save(rules) },
    })
  }
  const reset = () => {
    void orSay(compareRules.reset())
    say('The rules are as they were at first.', {
      action: { label: 'Undo', onClick: () => void save(rules) },
    })
  }
  return (
    <details className={classes.rules}>
      <summary>
        What is ignored: {on} of {rules.length} rules on
      </summary>
      <p className={classes.quiet}>
        For all comparisons of this workspace. In a header’s name * stands for any characters; in a
        path * for one step and ** for any number of them, and what lies below is meant, too.
      </p>
      <div className={classes.ruleLists}>
        {KINDS.map(({ value, label }) => (
          <ul key={value} className={classes.ruleList} aria-label={`Rules: ${label}`}>
            {rules
              .filter(({ kind }) => kind === value)
              .map((rule) => (
                <li key={rule.id} className={classes.ruleRow}>
                  <Checkbox
                    label={rule.pattern}
                    classNames={{ label: classes.wire ?? '' }}
                    checked={rule.isOn}
                    onChange={({ currentTarget: { checked } }) =>
                      void save(
                        rules.map((each) =>
                          each.id === rule.id ? { ...each, isOn: checked } : each,
                        ),
                      )
                    }
                  />
                  <ActionIcon
                    size={24}
                    aria-label={`Remove the rule ${rule.pattern}`}
                    onClick={() => remove(rule)}
                  >
                    <IconTrash size={14} />
                  </ActionIcon>
                </li>
              ))}
          </ul>
        ))}
      </div>
      <div className={classes.bar}>
        <AddRule onAdd={(kind, pattern) => save(withRule(rules, kind, pattern))} />
        <Button size="compact-sm" variant="subtle" onClick={reset}>
          Back to the first rules
        </Button>
      </div>
    </details>
  )
})

interface AddRuleProps {
  readonly onAdd: (kind: CompareRule['kind'], pattern: string) => Promise<void>
}

function AddRule({ onAdd }: AddRuleProps) {
  const [kind, setKind] = useState<CompareRule['kind']>('path')
  const [pattern, setPattern] = useState('')
  const add = async (form: FormEvent) => {
    form.preventDefault()
    if (pattern.trim() === '') return
    await onAdd(kind, pattern)
    setPattern('')
  }
  return (
    <form className={classes.bar} onSubmit={(form) => void add(form)}>
      <NativeSelect
        aria-label="Kind of rule"
        data={[...KINDS]}
        value={kind}
        onChange={({ currentTarget }) =>
          setKind(currentTarget.value === 'header' ? 'header' : 'path')
        }
      />
      <TextInput
        aria-label="New rule"
        placeholder={kind === 'header' ? 'X-Trace-*' : 'data.**.updatedAt'}
        maxLength={300}
        value={pattern}
        onChange={({ currentTarget }) => setPattern(currentTarget.value)}
      />
      <Button type="submit" variant="default" leftSection={<IconPlus size={14} aria-hidden />}>
        Add rule
      </Button>
    </form>
  )
}
