/** Asks before the first request goes to a host that is not this machine, naming it. */
import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { AskedHost } from '#contract'
import { faultText } from '../state/core.ts'
import { hostQuestion, useHostQuestion } from '../state/hosts.ts'
import { counted } from '../ui/bytes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { say } from '../ui/say.ts'
import classes from './host-question.module.css'

export function HostQuestion() {
  const { asked, open } = useHostQuestion()
  const hosts = asked.filter(({ host }) => open.includes(host))
  const [only] = hosts
  const title = hosts.length === 1 && only ? `Send to ${only.host}?` : 'Send to these hosts?'
  return (
    <Dialog
      opened={hosts.length > 0}
      onClose={hostQuestion.putOff}
      title={title}
      size={480}
      classNames={{ title: classes.title ?? '' }}
      closeButtonProps={{ 'aria-label': 'Decide later' }}
    >
      {hosts.length > 0 ? <Asking key={open.join(' ')} hosts={hosts} /> : null}
    </Dialog>
  )
}

function Asking({ hosts }: { readonly hosts: readonly AskedHost[] }) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<string | null>(null)
  const chosen = hosts.filter(({ host }) => !left.has(host)).map(({ host }) => host)
  const waiting = hosts.reduce((sum, { deliveries }) => sum + deliveries, 0)
  const [first] = hosts
  const isOne = hosts.length === 1
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      setProblem(faultText(error))
    }
  }
  const refuse = async () => {
    const cancelled = await hostQuestion.refuse(hosts.map(({ host }) => host))
    say(
      cancelled === 0
        ? 'Nothing is passed on there. The settings of the receiver say where to instead.'
        : `${counted(cancelled, 'delivery was', 'deliveries were')} cancelled. Nothing was sent.`,
    )
  }
  return (
    <div className={classes.asking}>
      <p className={classes.words}>
        {isOne
          ? 'This host is not your own machine, and this workspace has not sent anything to it so far.'
          : 'These hosts are not your own machine, and this workspace has not sent anything to them so far.'}
      </p>
      {isOne && first ? (
        <p className={classes.words}>{whatWaits(first)}</p>
      ) : (
        <ul className={classes.hosts}>
          {hosts.map((each) => (
            <li key={each.host}>
              <Checkbox
                size="sm"
                label={each.host}
                description={whatWaits(each)}
                classNames={{ label: classes.host ?? '' }}
                checked={!left.has(each.host)}
                onChange={({ currentTarget: { checked } }) =>
                  setLeft(
                    new Set(
                      checked
                        ? [...left].filter((host) => host !== each.host)
                        : [...left, each.host],
                    ),
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
      <p className={classes.quiet}>
        You are asked once for each host. Settings lists those that you allowed.
      </p>
      {problem === null ? null : <ErrorNote message={problem} />}
      <div className={classes.foot}>
        <Button variant="default" onClick={() => void attempt(refuse)}>
          {waiting === 0
            ? 'Do not pass on'
            : `Cancel ${counted(waiting, 'delivery', 'deliveries')}`}
        </Button>
        <Button
          disabled={chosen.length === 0}
          onClick={() => void attempt(() => hostQuestion.confirm(chosen))}
        >
          <span className={classes.label}>
            Send to {chosen.length === 1 ? chosen[0] : counted(chosen.length, 'host', 'hosts')}
          </span>
        </Button>
      </div>
    </div>
  )
}

function whatWaits({ deliveries, isPassedOnTo }: AskedHost): string {
  const waits = counted(deliveries, 'delivery waits', 'deliveries wait')
  if (!isPassedOnTo) return `${waits} for your answer.`
  const passes = 'A receiver is to pass on to it what it gets.'
  return deliveries === 0 ? passes : `${waits} for your answer. ${passes}`
}
