/**
 * The time of every attempt on one axis: bars for the eyes and, in the same table, the numbers for
 * everyone. Phases that did not happen are left out; a connection that was open already is named.
 */
import { Table, Text, VisuallyHidden } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import type { Attempt, DeliveryStatus } from '#contract'
import { CertificatesIgnored } from '../ui/certificates-ignored.tsx'
import { formatDuration } from '../ui/duration.ts'
import { AbsoluteTime } from '../ui/time.tsx'
import { nothingSentInWords } from './nothing-sent.ts'
import { endOf, PHASE_LABELS, type Phase, phasesOf, spanOf } from './phases.ts'
import classes from './timeline.module.css'
import { whyInWords } from './waiting-note.tsx'

interface TimelineProps {
  readonly status: DeliveryStatus
  readonly attempts: readonly Attempt[]
}

export function Timeline({ status, attempts }: TimelineProps) {
  if (attempts.length === 0) return <Text p="md">{nothingSentInWords(status)}</Text>
  const axis = spanOf(attempts.flatMap(phasesOf))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and nothing in it takes the focus
    <section className={classes.timeline} aria-label="Timeline" tabIndex={0}>
      {attempts.map((attempt, index) => (
        <section key={attempt.id} aria-label={`Attempt ${attempt.number}`}>
          <Waited attempt={attempt} before={attempts[index - 1]} />
          <h3 className={classes.heading}>
            Attempt {attempt.number}
            <span className={classes.quiet}>
              <AbsoluteTime atMs={attempt.startedAtMs} />
            </span>
          </h3>
          <Waterfall attempt={attempt} axis={axis} />
          {attempt.tls?.ignored ? <CertificatesIgnored /> : null}
          <Facts attempt={attempt} />
        </section>
      ))}
    </section>
  )
}

interface WaitedProps {
  readonly attempt: Attempt
  readonly before: Attempt | undefined
}

/** What passed since the attempt before, and what the schedule counts for it. */
function Waited({ attempt: { waited, startedAtMs, stageAtMs }, before }: WaitedProps) {
  if (!waited || !before) return null
  const realMs = Math.max(startedAtMs - (before.finishedAtMs ?? before.startedAtMs), 0)
  const stageMs = stageAtMs - before.stageAtMs
  const isStaged = stageMs - (startedAtMs - before.startedAtMs) > 1_000
  return (
    <p className={classes.waited}>
      <IconClock size={14} aria-hidden />
      Waited {formatDuration(realMs)}
      {isStaged ? `, ${formatDuration(stageMs)} on the stage clock` : ''}:{' '}
      {whyInWords(waited.why, waited.waitMs)}.
    </p>
  )
}

interface Axis {
  readonly fromMs: number
  readonly toMs: number
}

function Waterfall({ attempt, axis }: { readonly attempt: Attempt; readonly axis: Axis }) {
  const phases = phasesOf(attempt)
  if (phases.length === 0) return <Text c="dimmed">Nothing of it was timed.</Text>
  return (
    <Table className={classes.table} withRowBorders={false} verticalSpacing={3}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Phase</Table.Th>
          <Table.Th scope="col" className={classes.number}>
            From
          </Table.Th>
          <Table.Th scope="col" className={classes.number}>
            Took
          </Table.Th>
          <Table.Th scope="col" className={classes.axis}>
            <VisuallyHidden>Bar</VisuallyHidden>
            <span aria-hidden className={classes.scale}>
              <span>{formatDuration(axis.fromMs)}</span>
              <span>{formatDuration(axis.toMs)}</span>
            </span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {phases.map((phase) => (
          <PhaseRow key={phase.name} phase={phase} axis={axis} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function PhaseRow({ phase, axis }: { readonly phase: Phase; readonly axis: Axis }) {
  const span = axis.toMs - axis.fromMs
  const left = ((phase.fromMs - axis.fromMs) / span) * 100
  const width = ((phase.toMs - phase.fromMs) / span) * 100
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.phase}>
        {PHASE_LABELS[phase.name]}
      </Table.Th>
      <Table.Td className={classes.number}>{formatDuration(phase.fromMs)}</Table.Td>
      <Table.Td className={classes.number}>{formatDuration(phase.toMs - phase.fromMs)}</Table.Td>
      <Table.Td className={classes.axis}>
        <span
          aria-hidden
          className={classes.bar}
          data-phase={phase.name}
          style={{ left: `min(${left}%, 100% - 2px)`, width: `max(2px, ${width}%)` }}
        />
      </Table.Td>
    </Table.Tr>
  )
}

const FINGERPRINT = 'Certificate (SHA-256)'

function Facts({ attempt }: { readonly attempt: Attempt }) {
  const total = endOf(attempt)
  const facts: readonly (readonly [string, string | null])[] = [
    ['Total', total === null ? null : formatDuration(total)],
    ['Connection', connectionOf(attempt)],
    ['Remote address', attempt.remoteAddress],
    ['TLS', tlsOf(attempt)],
    [FINGERPRINT, attempt.tls?.fingerprint ?? null],
    ['Proxy', attempt.proxy],
    ['Protocol', attempt.httpVersion === null ? null : `HTTP/${attempt.httpVersion}`],
  ]
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name} className={classes.fact} data-wire={name === FINGERPRINT || undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

function connectionOf({ reusedConnection, remoteAddress }: Attempt): string | null {
  if (reusedConnection) return 'Reused: an earlier attempt had opened it'
  return remoteAddress === null ? null : 'Opened for this attempt'
}

function tlsOf({ tls, remoteAddress }: Attempt): string | null {
  if (tls === null) return remoteAddress === null ? null : 'None'
  const protocol = tls.protocol ?? 'TLS'
  if (tls.authorized) {
    const by = tls.authority === null ? '' : ` by an authority of your own: ${tls.authority}`
    return `${protocol}, certificate trusted${by}`
  }
  const fault = tls.fault ? `: ${tls.fault}` : ''
  return tls.ignored
    ? `${protocol}, certificate not trusted and used all the same${fault}`
    : `${protocol}, certificate not trusted${fault}`
}
