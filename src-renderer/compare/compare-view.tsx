/** A pair compared: the summary, then start line, headers and body side by side, and the rules. */
import { Anchor, Checkbox, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { ComparePart, CompareRow, CompareRule, CompareSection, Comparison } from '#contract'
import { type ComparePair, useComparison } from '../state/compare.ts'
import { compareRules, useCompareRules } from '../state/compare-rules.ts'
import { useRemembered } from '../state/remembered.ts'
import { counted, formatBytes } from '../ui/bytes.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { sayDone } from '../ui/or-say.ts'
import { AbsoluteTime } from '../ui/time.tsx'
import { changedBytes } from './changed-part.ts'
import classes from './compare.module.css'
import { CompareRows } from './compare-rows.tsx'
import { CompareRules } from './compare-rules.tsx'
import { pathPatternOf } from './path-pattern.ts'
import { summaryOf } from './summary.ts'

const PARTS = [
  { value: 'request', label: 'Request' },
  { value: 'response', label: 'Response' },
] as const satisfies readonly { value: ComparePart; label: string }[]

function isPart(value: unknown): value is ComparePart {
  return PARTS.some((part) => part.value === value)
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

interface CompareViewProps {
  readonly pair: ComparePair
  /** Goes to a delivery or capture; without it there is no way there. */
  readonly onOpen?: (id: string) => void
}

export function CompareView({ pair, onOpen }: CompareViewProps) {
  const [lastPart, setLastPart] = useRemembered<ComparePart>('compare.part', 'request', isPart)
  const [ownPart, setOwnPart] = useState(pair.part)
  const part = ownPart ?? lastPart
  const setPart = (chosen: ComparePart) => {
    setOwnPart(undefined)
    setLastPart(chosen)
  }
  const [withEqual, setWithEqual] = useRemembered('compare.equal', false, isBoolean)
  const [withIgnored, setWithIgnored] = useRemembered('compare.ignored', false, isBoolean)
  const { value, problem } = useComparison({
    left: pair.left,
    right: pair.right,
    part,
    withEqual,
  })
  return (
    <div className={classes.view} aria-busy={value === null && problem === null}>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label="What is compared"
          data={[...PARTS]}
          value={part}
          onChange={(chosen) => isPart(chosen) && setPart(chosen)}
        />
        <Checkbox
          label="Show what is the same"
          checked={withEqual}
          onChange={({ currentTarget }) => setWithEqual(currentTarget.checked)}
        />
        <Checkbox
          label="Show what is ignored"
          checked={withIgnored}
          onChange={({ currentTarget }) => setWithIgnored(currentTarget.checked)}
        />
      </div>
      {problem === null ? null : <ErrorNote message={problem} />}
      {value ? (
        <>
          <p className={classes.summary} role="status">
            {summaryOf(value, part)}
          </p>
          <Sides comparison={value} onOpen={onOpen} />
          {value.left.isThere && value.right.isThere ? (
            <Sections comparison={value} withIgnored={withIgnored} />
          ) : null}
        </>
      ) : (
        <p className={classes.quiet}>{problem === null ? 'Comparing…' : ''}</p>
      )}
      <CompareRules />
    </div>
  )
}

interface SidesProps {
  readonly comparison: Comparison
  readonly onOpen: ((id: string) => void) | undefined
}

function Sides({ comparison: { left, right }, onOpen }: SidesProps) {
  return (
    <dl className={classes.sides}>
      {[
        { name: 'Left', side: left },
        { name: 'Right', side: right },
      ].map(({ name, side }) => (
        <div key={name} className={classes.side}>
          <dt>{name}</dt>
          <dd>
            <span className={classes.sideTitle}>
              {onOpen ? (
                <Anchor component="button" type="button" onClick={() => onOpen(side.id)}>
                  {side.title || '(no name)'}
                </Anchor>
              ) : (
                side.title || '(no name)'
              )}
            </span>
            <span className={classes.quiet}>
              <AbsoluteTime atMs={side.atMs} /> · body {formatBytes(side.bodyBytes)}
              {side.isCut ? ', of which only the beginning was kept' : ''}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface SectionsProps {
  readonly comparison: Comparison
  readonly withIgnored: boolean
}

function Sections({ comparison: { startLine, headers, body }, withIgnored }: SectionsProps) {
  const rules = useCompareRules()
  const ignore = (kind: CompareRule['kind'], pattern: string) => {
    void sayDone(
      compareRules.ignore(kind, pattern),
      `Differences in ${pattern} are ignored from now on.`,
    )
  }
  const shown = ({ rows }: CompareSection) =>
    withIgnored ? rows : rows.filter(({ isEqual, ruleId }) => isEqual || ruleId === null)
  const bodyNote = bodyNoteOf(body)
  return (
    <>
      <Section title="Start line" section={startLine} rows={shown(startLine)}>
        <CompareRows rows={shown(startLine)} label="Start line" nameLabel="Part" rules={rules} />
      </Section>
      <Section title="Headers" section={headers} rows={shown(headers)}>
        <CompareRows
          rows={shown(headers)}
          label="Headers"
          nameLabel="Name"
          rules={rules}
          patternOf={({ left, right }) => left?.label ?? right?.label ?? null}
          onIgnore={(pattern) => ignore('header', pattern)}
        />
      </Section>
      {headers.isSameOrder ? null : (
        <p className={classes.quiet}>The headers that both have stand in another order.</p>
      )}
      <Section title={`Body${kindWords(body)}`} section={body} rows={shown(body)}>
        <CompareRows
          rows={shown(body)}
          label="Body"
          nameLabel={NAME_LABELS[body.kind]}
          rules={rules}
          {...(body.kind === 'bytes' ? { mark: changedBytes } : {})}
          {...(body.kind === 'json' || body.kind === 'form'
            ? {
                patternOf: pathPatternOf,
                onIgnore: (pattern: string) => ignore('path', pattern),
              }
            : {})}
        />
      </Section>
      {bodyNote === null ? null : <p className={classes.quiet}>{bodyNote}</p>}
    </>
  )
}

const NAME_LABELS: Readonly<Record<Comparison['body']['kind'], string>> = {
  none: 'Path',
  same: 'Path',
  json: 'Path',
  form: 'Field',
  text: 'Line',
  bytes: 'Offset',
}

function kindWords({ kind }: Comparison['body']): string {
  const words = {
    json: ', as JSON',
    form: ', as a form',
    text: ', line by line',
    bytes: ', as bytes',
  }
  return kind === 'none' || kind === 'same' ? '' : words[kind]
}

function bodyNoteOf({ run, note, kind }: Comparison['body']): string | null {
  const same =
    run && kind === 'bytes'
      ? `The first ${counted(run.sameAtStart, 'byte is', 'bytes are')} the same, and the last ${counted(run.sameAtEnd, 'byte', 'bytes')}.`
      : null
  return [note, same].filter(Boolean).join(' ') || null
}

interface SectionProps {
  readonly title: string
  readonly section: CompareSection
  readonly rows: readonly CompareRow[]
  readonly children: React.ReactNode
}

/** Nothing where there is nothing to show. */
function Section({ title, section: { leftOut }, rows, children }: SectionProps) {
  if (rows.length === 0) return null
  return (
    <section className={classes.section} aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      {children}
      {leftOut > 0 ? (
        <p className={classes.quiet}>
          {counted(leftOut, 'more row is', 'more rows are')} not shown.
        </p>
      ) : null}
    </section>
  )
}
