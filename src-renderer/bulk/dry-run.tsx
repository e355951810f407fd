/** What would become of a bulk replay: how many, where to, what is left out and why, what repeats. */
import { Checkbox, SegmentedControl } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { BulkDryRun, BulkManner, BulkPace, BulkRun } from '#contract'
import { counted, formatCount } from '../ui/bytes.ts'
import { formatDuration } from '../ui/duration.ts'
import classes from './bulk.module.css'
import { things } from './bulk-words.ts'

interface DryRunProps {
  readonly of: BulkRun['of']
  readonly dryRun: BulkDryRun
  /** Null while it is being typed. */
  readonly pace: BulkPace | null
  readonly duplicates: BulkManner['duplicates']
  /** Ticked of the hosts that have to be confirmed. */
  readonly confirmed: ReadonlySet<string>
  readonly onDuplicates: (duplicates: BulkManner['duplicates']) => void
  readonly onConfirm: (host: string, isConfirmed: boolean) => void
}

export function DryRun(props: DryRunProps) {
  const { of, dryRun, pace } = props
  const { chosen, sent, origins, excluded, hosts } = dryRun
  return (
    <section className={classes.dryRun} aria-label="What would be sent">
      <p className={classes.sum}>
        <strong>{formatCount(sent)}</strong> of {things(of, chosen)} would be sent
        <span className={classes.quiet}> {lastingWords(dryRun, pace)}</span>
      </p>
      {origins.length === 0 ? null : (
        <>
          <h4 className={classes.heading}>Where to</h4>
          <ul className={classes.list}>
            {origins.map(({ origin, count, isLoopback }) => (
              <li key={origin}>
                <span className={classes.amount}>{formatCount(count)}</span>
                <code>{origin}</code>
                {isLoopback ? (
                  <span className={classes.quiet}>this machine</span>
                ) : (
                  <span className={classes.care}>
                    <IconAlertTriangle size={14} aria-hidden /> another machine
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {hosts.length === 0 ? null : <Hosts {...props} />}
      {excluded.length === 0 ? null : (
        <>
          <h4 className={classes.heading}>Not sent</h4>
          <ul className={classes.list} aria-label="Not sent">
            {excluded.map(({ why, count }) => (
              <li key={why}>
                <span className={classes.amount}>{formatCount(count)}</span>
                <span>{why}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Duplicates {...props} />
    </section>
  )
}

function Hosts({ dryRun: { hosts }, confirmed, onConfirm }: DryRunProps) {
  return (
    <div className={classes.hosts}>
      <h4 className={classes.heading}>Never sent to before</h4>
      {hosts.map((host) => (
        <Checkbox
          key={host}
          size="sm"
          label={`Send to ${host}`}
          checked={confirmed.has(host)}
          onChange={({ currentTarget }) => onConfirm(host, currentTarget.checked)}
        />
      ))}
      <p className={classes.quiet}>You are asked once for each host and workspace.</p>
    </div>
  )
}

function Duplicates({ dryRun, duplicates, onDuplicates }: DryRunProps) {
  const { extra, examples } = dryRun.duplicates
  if (extra === 0) return <p className={classes.quiet}>No two have the same id or bytes.</p>
  const shown = examples.slice(0, 3).map(({ id, count }) => `${id} (${formatCount(count)}×)`)
  return (
    <div className={classes.hosts}>
      <h4 className={classes.heading}>Duplicates</h4>
      <p className={classes.quiet}>
        {counted(extra, 'has', 'have')} an id or bytes that another has, too: {shown.join(', ')}
        {examples.length > 3 ? ', …' : ''}
      </p>
      <SegmentedControl
        size="xs"
        aria-label="Duplicates"
        data={[
          { value: 'all', label: 'Send all' },
          { value: 'newest', label: 'Only the newest of each' },
        ]}
        value={duplicates}
        onChange={(value) => onDuplicates(value === 'newest' ? 'newest' : 'all')}
      />
    </div>
  )
}

/** How long it lasts at least; nothing where only the receivers decide that. */
function lastingWords({ sent, spanMs }: BulkDryRun, pace: BulkPace | null): string {
  const spacing = pace?.spacing ?? { kind: 'fast' }
  if (sent < 2 || spacing.kind === 'fast') return ''
  const ms =
    spacing.kind === 'rate' ? ((sent - 1) * 1000) / spacing.perSecond : spanMs * spacing.factor
  return `over ${formatDuration(ms)} at least`
}
