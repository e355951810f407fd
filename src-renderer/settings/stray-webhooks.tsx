/** Offers to aim the webhooks at the receivers' port that still point at one they have left. */
import { Button } from '@mantine/core'
import type { StrayWebhooks as Strays } from '#contract'
import { aimStrays, useStrayWebhooks } from '../state/strays.ts'
import { counted } from '../ui/bytes.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import classes from './settings.module.css'

const NAMES_SHOWN = 3

export function StrayWebhooks() {
  const { strays, aimed, problem } = useStrayWebhooks()
  const { port, webhooks } = strays
  if (port === null || webhooks.length === 0) {
    return aimed === null ? null : (
      <p className={classes.sentence} role="status">
        {counted(aimed.count, 'webhook now points', 'webhooks now point')} at port {aimed.port}.
      </p>
    )
  }
  return (
    <section className={classes.offer} aria-label="Webhooks at another port">
      <p className={classes.sentence}>{offerWords(webhooks)}</p>
      <p className={classes.hint}>{namesOf(webhooks)}</p>
      <Button size="xs" variant="default" onClick={() => void aimStrays()}>
        {webhooks.length === 1 ? `Aim it at port ${port}` : `Aim all at port ${port}`}
      </Button>
      {problem === null ? null : <ErrorNote message={problem} />}
    </section>
  )
}

function offerWords(webhooks: Strays['webhooks']): string {
  const ports = [...new Set(webhooks.map(({ port }) => port))].toSorted((a, b) => a - b)
  const where = ports.length === 1 ? `port ${ports[0]}` : `the ports ${ports.join(', ')}`
  const count = counted(webhooks.length, 'webhook still points', 'webhooks still point')
  return `${count} at the receivers on ${where}, where they no longer are.`
}

function namesOf(webhooks: Strays['webhooks']): string {
  const names = webhooks.slice(0, NAMES_SHOWN).map(({ name }) => name)
  const more = webhooks.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}
