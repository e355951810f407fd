/** The rules by which differences are ignored: turned on and off, taken out, added; saved at once. */
import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type FormEvent, memo, useState } from 'react'
import type { CompareRule } from '#contract'
import { compareRules, useCompareRules } from '../state/compare-rules.ts'
import { orSay, sayDone } from '../ui/or-say.ts'
import classes from './compare.module.css'

const KINDS = [
  { value: 'header', label: 'Header' },
  { value: 'path', label: 'Path in the body' },
] as const satisfies readonly { value: CompareRule['kind']; label: string }[]

/** Many fields, drawn again when a rule is another one only. */
export const CompareRules = memo(function CompareRules() {
  const rules = useCompareRules()
  const on = rules.filter(({ isOn }) => isOn).length
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
          <RuleList key={value} label={label} rules={rules.filter(({ kind }) => kind === value)} />
        ))}
      </div>
      <div className={classes.addRule}>
        <AddRule />
        <Button variant="subtle" onClick={reset}>
          Back to the first rules
        </Button>
      </div>
    </details>
  )
})

interface RuleListProps {
  readonly label: string
  readonly rules: readonly CompareRule[]
}

function RuleList({ label, rules }: RuleListProps) {
  return (
    <div>
      <h4 className={classes.ruleKindName}>{label}</h4>
      {rules.length === 0 ? <p className={classes.quiet}>None.</p> : null}
      <ul className={classes.ruleList} aria-label={`Rules: ${label}`}>
        {rules.map((rule) => (
          <li key={rule.id} className={classes.ruleRow}>
            <Checkbox
              label={rule.pattern}
              classNames={{ label: classes.wire ?? '' }}
              checked={rule.isOn}
              onChange={({ currentTarget: { checked } }) =>
                void orSay(compareRules.turn(rule.id, checked))
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
    </div>
  )
}

function remove({ id, pattern }: CompareRule): void {
  void sayDone(compareRules.remove(id), `The rule ${pattern} was removed.`)
}

function reset(): void {
  void sayDone(compareRules.reset(), 'The rules are as they were at first.')
}

/** What was typed stays until it is a rule. */
function AddRule() {
  const [kind, setKind] = useState<CompareRule['kind']>('path')
  const [pattern, setPattern] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const add = async (form: FormEvent) => {
    form.preventDefault()
    const why = compareRules.whyNot(kind, pattern)
    setProblem(why)
    if (why !== null) return
    if (await orSay(compareRules.ignore(kind, pattern))) setPattern('')
  }
  return (
    <form className={classes.addRule} onSubmit={(form) => void add(form)}>
      <NativeSelect
        aria-label="Kind of rule"
        data={[...KINDS]}
        value={kind}
        onChange={({ currentTarget }) => {
          setProblem(null)
          setKind(currentTarget.value === 'header' ? 'header' : 'path')
        }}
      />
      <TextInput
        aria-label="New rule"
        placeholder={kind === 'header' ? 'X-Trace-*' : 'data.**.updatedAt'}
        maxLength={300}
        value={pattern}
        error={problem}
        onChange={({ currentTarget }) => {
          setProblem(null)
          setPattern(currentTarget.value)
        }}
      />
      <Button type="submit" variant="default" leftSection={<IconPlus size={14} aria-hidden />}>
        Add rule
      </Button>
    </form>
  )
}
