/** The hosts that this workspace may send to, each with a way to be asked about it again. */
import { Button } from '@mantine/core'
import { faultText } from '../state/core.ts'
import { forgetHost, hostQuestion, useConfirmedHosts } from '../state/hosts.ts'
import { say } from '../ui/say.ts'
import { RelativeTime } from '../ui/time.tsx'
import classes from './settings.module.css'

export function ConfirmedHosts() {
  const hosts = useConfirmedHosts((state) => state.hosts)
  const remove = async (host: string) => {
    try {
      await forgetHost(host)
      say(`You are asked again before anything is sent to ${host}.`, {
        action: { label: 'Undo', onClick: () => void confirm(host) },
      })
    } catch (error) {
      say(faultText(error))
    }
  }
  if (!hosts) return <p className={classes.sentence}>Reading the hosts…</p>
  if (hosts.length === 0) {
    return <p className={classes.sentence}>None so far. This machine needs no confirmation.</p>
  }
  return (
    <ul className={classes.hosts} aria-label="Confirmed hosts">
      {hosts.map(({ host, confirmedAtMs }) => (
        <li key={host} className={classes.inline}>
          <code className={classes.code}>{host}</code>
          <span className={classes.unit}>
            {confirmedAtMs === null ? (
              'sent to before'
            ) : (
              <>
                confirmed <RelativeTime atMs={confirmedAtMs} />
              </>
            )}
          </span>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Remove ${host}`}
            onClick={() => void remove(host)}
          >
            Remove
          </Button>
        </li>
      ))}
    </ul>
  )
}

async function confirm(host: string): Promise<void> {
  try {
    await hostQuestion.confirm([host])
  } catch (error) {
    say(faultText(error))
  }
}
