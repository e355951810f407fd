/** The rows of a comparison, side by side. A sign and a word say what a row is; colour only repeats it. */
import { ActionIcon, Table, VisuallyHidden } from '@mantine/core'
import { IconEyeOff, IconFilterOff } from '@tabler/icons-react'
import type { CompareRow, CompareRule } from '#contract'
import { changedParts, type Parts } from './changed-part.ts'
import classes from './compare.module.css'

type Kind = 'equal' | 'ignored' | 'changed' | 'left' | 'right'

const SIGNS: Readonly<Record<Kind, readonly [sign: string, words: string]>> = {
  equal: ['=', 'The same'],
  ignored: ['~', 'Ignored by rule'],
  changed: ['≠', 'Different'],
  left: ['−', 'Only on the left'],
  right: ['+', 'Only on the right'],
}

interface CompareRowsProps {
  readonly rows: readonly CompareRow[]
  readonly label: string
  /** What stands in the first column: names, paths, lines. */
  readonly nameLabel: string
  readonly rules: readonly CompareRule[]
  /** The pattern that would take a row out; null where no rule can. */
  readonly patternOf?: (row: CompareRow) => string | null
  readonly onIgnore?: (pattern: string) => void
  /** What to mark in two values that differ. */
  readonly mark?: typeof changedParts
}

export function CompareRows({
  rows,
  label,
  nameLabel,
  rules,
  patternOf,
  onIgnore,
  mark = changedParts,
}: CompareRowsProps) {
  return (
    <Table className={classes.rows} aria-label={label} verticalSpacing={0}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col" className={classes.sign}>
            <VisuallyHidden>Kind of difference</VisuallyHidden>
          </Table.Th>
          <Table.Th scope="col" className={classes.name}>
            {nameLabel}
          </Table.Th>
          <Table.Th scope="col">Left</Table.Th>
          <Table.Th scope="col">Right</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {numbered(rows).map(({ row, at }) => {
          const pattern = row.isEqual || row.ruleId !== null ? null : (patternOf?.(row) ?? null)
          return (
            <Row
              key={at}
              row={row}
              mark={mark}
              rule={rules.find(({ id }) => id === row.ruleId)}
              onIgnore={pattern === null || !onIgnore ? undefined : () => onIgnore(pattern)}
            />
          )
        })}
      </Table.Tbody>
    </Table>
  )
}

/** Rows of one label differ by their place alone. */
function numbered(rows: readonly CompareRow[]): readonly { row: CompareRow; at: number }[] {
  return rows.map((row, at) => ({ row, at }))
}

interface RowProps {
  readonly row: CompareRow
  readonly mark: typeof changedParts
  readonly rule: CompareRule | undefined
  readonly onIgnore: (() => void) | undefined
}

function Row({ row, mark, rule, onIgnore }: RowProps) {
  const { left, right } = row
  const kind = kindOf(row)
  const [sign, words] = SIGNS[kind]
  const parts = kind === 'changed' && left && right ? mark(left.text, right.text) : null
  const name = labelOf(row)
  return (
    <Table.Tr data-kind={kind}>
      <Table.Td className={classes.sign} title={words}>
        <span aria-hidden>{sign}</span>
        <VisuallyHidden>{words}</VisuallyHidden>
      </Table.Td>
      <Table.Th scope="row" className={classes.name}>
        <span className={classes.label}>{name}</span>
        {rule ? <span className={classes.rule}>rule {rule.pattern}</span> : null}
        {onIgnore ? (
          <ActionIcon
            size={20}
            className={classes.ignore}
            aria-label={`Ignore differences in ${name}`}
            title={`Ignore differences in ${name}`}
            onClick={onIgnore}
          >
            <IconFilterOff size={14} />
          </ActionIcon>
        ) : null}
      </Table.Th>
      <Table.Td className={classes.value}>
        <Value text={left?.text ?? null} parts={parts?.[0] ?? null} isHidden={row.isHidden} />
      </Table.Td>
      <Table.Td className={classes.value}>
        <Value text={right?.text ?? null} parts={parts?.[1] ?? null} isHidden={row.isHidden} />
      </Table.Td>
    </Table.Tr>
  )
}

function kindOf({ left, right, isEqual, ruleId }: CompareRow): Kind {
  if (isEqual) return 'equal'
  if (ruleId !== null) return 'ignored'
  if (!right) return 'left'
  return left ? 'changed' : 'right'
}

/** Of something that has moved, both places. */
function labelOf({ left, right }: CompareRow): string {
  if (!left || !right || left.label === right.label) return left?.label ?? right?.label ?? ''
  return `${left.label} → ${right.label}`
}

interface ValueProps {
  readonly text: string | null
  readonly parts: Parts | null
  readonly isHidden: boolean
}

function Value({ text, parts, isHidden }: ValueProps) {
  if (text === null) return <span className={classes.quiet}>not there</span>
  if (text === '') return <span className={classes.quiet}>empty</span>
  return (
    <>
      {parts ? (
        <>
          {parts.before}
          <mark className={classes.changed}>{parts.changed}</mark>
          {parts.after}
        </>
      ) : (
        text
      )}
      {isHidden ? (
        <span className={classes.masked} title="The sides differ in what is masked here.">
          <IconEyeOff size={14} aria-hidden />
          <VisuallyHidden>(differs in what is masked)</VisuallyHidden>
        </span>
      ) : null}
    </>
  )
}
