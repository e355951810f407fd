/** What concerns everything: the core is away, or has something to say once. */

import { Button, CloseButton } from '@mantine/core'
import {
  IconAlertTriangle,
  IconInfoCircle,
  IconPlayerPause,
  IconPlugConnectedX,
} from '@tabler/icons-react'
import type { Notice } from '#contract'
import { type ConnectionState, useConnection } from '../state/connection.ts'
import { hostQuestion, useHostQuestion } from '../state/hosts.ts'
import { dismissNotice, useStatus } from '../state/status.ts'
import { counted } from '../ui/bytes.ts'
import { orSay } from '../ui/or-say.ts'
import classes from './banners.module.css'
import { resumeSending } from './queue-controls.tsx'

const CONNECTION_WORDS: Readonly<Record<ConnectionState, string | null>> = {
  connected: null,
  connecting: null,
  away: 'Hookstage is away. Trying again… What you type is kept.',
  refused:
    'This page has no access. A link opens once, within five minutes. Start Hookstage again with the same command: it gives a fresh one.',
}

export function Banners() {
  const connection = useConnection((state) => state.state)
  const notices = useStatus((state) => state.status?.notices)
  const words = CONNECTION_WORDS[connection]
  return (
    <div className={classes.banners}>
      <div role="status">
        {words === null ? null : (
          <div className={classes.banner} data-severity="warning">
            <IconPlugConnectedX size={16} className={classes.icon} aria-hidden />
            <p className={classes.words}>{words}</p>
          </div>
        )}
      </div>
      <PausedBanner />
      <HostsBanner />
      {notices?.map((notice) => (
        <NoticeBanner key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function PausedBanner() {
  const status = useStatus((state) => state.status)
  if (!status?.queue.paused) return null
  const held = status.queued + status.waiting
  return (
    <section className={classes.banner} data-severity="warning" aria-label="Sending is paused">
      <IconPlayerPause size={16} className={classes.icon} aria-hidden />
      <p className={classes.words}>
        <strong>Sending is paused.</strong>{' '}
        {held === 0
          ? 'What you fire is kept until you resume.'
          : `${counted(held, 'delivery waits', 'deliveries wait')} until you resume.`}
      </p>
      <Button size="compact-sm" variant="default" onClick={() => void resumeSending()}>
        Resume
      </Button>
    </section>
  )
}

/** For those who wanted to decide later. */
function HostsBanner() {
  const { asked, open } = useHostQuestion()
  if (asked.length === 0 || open.length > 0) return null
  const held = asked.reduce((sum, { deliveries }) => sum + deliveries, 0)
  const [first] = asked
  const hosts = asked.length === 1 && first ? first.host : `${asked.length} hosts`
  return (
    <section className={classes.banner} data-severity="warning" aria-label="Hosts to confirm">
      <IconAlertTriangle size={16} className={classes.icon} aria-hidden />
      <p className={classes.words}>
        <strong>Nothing is sent to {hosts} yet.</strong>{' '}
        {held === 0
          ? 'A receiver is to pass requests on there.'
          : `${counted(held, 'delivery waits', 'deliveries wait')} until you decide.`}
      </p>
      <Button size="compact-sm" variant="default" onClick={hostQuestion.ask}>
        Decide
      </Button>
    </section>
  )
}

function NoticeBanner({ notice: { id, severity, title, message } }: { readonly notice: Notice }) {
  const Icon = severity === 'info' ? IconInfoCircle : IconAlertTriangle
  const dismiss = () => {
    void orSay(dismissNotice(id))
  }
  return (
    <section className={classes.banner} data-severity={severity} aria-label={title}>
      <Icon size={16} className={classes.icon} aria-hidden />
      <p className={classes.words}>
        <strong>{title}</strong> {message}
      </p>
      <CloseButton size="sm" aria-label={`Dismiss: ${title}`} onClick={dismiss} />
    </section>
  )
}
