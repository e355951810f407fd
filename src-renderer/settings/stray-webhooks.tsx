/** Offers to aim the webhooks at the receivers' port that still point at one they have left. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { StrayWebhooks as Strays } from '#contract'
import { faultText } from '../state/core.ts'
import { aimStrays, useStrayWebhooks } from '../state/strays.ts'
import { counted } from '../ui/bytes.ts'
import classes from './settings.module.css'

const NAMES_SHOWN = 3

export function StrayWebhooks() {
  const strays = useStrayWebhooks()
  const [said, setSaid] = useState('')
  const { port, webhooks } = strays
  const aim = async () => {
    try {
      const aimed = await aimStrays(strays)
      setSaid(`${counted(aimed, 'webhook now points', 'webhooks now point')} at port ${port}.`)
    } catch (error) {
      setSaid(faultText(error))
    }
  }
  if (port === null || webhooks.length === 0) {
    return said === '' ? null : (
      <p className={classes.sentence} role="status">
        {said}
      </p>
    )
  }
  return (
    <section className={classes.offer} aria-label="Webhooks at another port">
      <p className={classes.sentence}>{offerWords(webhooks)}</p>
      <p className={classes.hint}>{namesOf(webhooks)}</p>
      <Button size="xs" variant="default" onClick={() => void aim()}>
        {webhooks.length === 1 ? `Aim it at port ${port}` : `Aim all at port ${port}`}
      </Button>
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
