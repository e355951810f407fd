/** One receiver: where it listens, what it answers or where it passes on to, and its settings. */
import { ActionIcon, Button, Menu, Switch } from '@mantine/core'
import {
  IconArrowForwardUp,
  IconDots,
  IconMessages,
  IconSettings,
  IconTrash,
} from '@tabler/icons-react'
import { type Receiver, shownText } from '#contract'
import { captures } from '../state/captures.ts'
import { faultText } from '../state/core.ts'
import { receivers } from '../state/receivers.ts'
import { counted } from '../ui/bytes.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { CopySecretButton } from '../ui/copy-secret-button.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { orSay } from '../ui/or-say.ts'
import { say } from '../ui/say.ts'
import classes from './captures.module.css'
import { ReceiverAnswer } from './receiver-answer.tsx'
import { RehearsalAnswer } from './rehearsal-answer.tsx'
import { hasRehearsalSettings } from './rehearsal-settings.tsx'

interface ReceiverCardProps {
  readonly receiver: Receiver
  readonly onEditAnswers: () => void
  readonly onEdit: () => void
  /** Something else is where the channel would be. */
  readonly isChannelAway: boolean
  readonly onShowChannel: () => void
}

export function ReceiverCard(props: ReceiverCardProps) {
  const { receiver, onEditAnswers, onEdit, isChannelAway, onShowChannel } = props
  const { id, kind, name, url, ownUrl, isStarted, listening, problem, received } = receiver
  const forwardTo = shownText(receiver.forwardTo)
  return (
    <section className={classes.receiver} aria-label={`Receiver ${name}`}>
      <div className={classes.cardHead}>
        <h2 className={classes.title}>{name}</h2>
        <span className={classes.quiet}>{counted(received, 'capture', 'captures')}</span>
        <span className={classes.spring} />
        <Switch
          size="xs"
          label={listening ? 'listening' : isStarted ? 'not listening' : 'stopped'}
          aria-label={`${name} takes requests`}
          checked={isStarted}
          onChange={({ currentTarget }) =>
            void orSay(receivers.update(id, { isStarted: currentTarget.checked }))
          }
        />
        {kind === 'plain' || hasRehearsalSettings(receiver) ? (
          <ReceiverMenu receiver={receiver} onEdit={onEdit} />
        ) : null}
      </div>
      {problem === null ? null : <ErrorNote message={problem} />}
      {[url, ownUrl].map((each) =>
        each === null ? null : (
          <div key={each} className={classes.url}>
            <code>{each}</code>
            {receiver.secretUrl ? (
              <CopySecretButton secret={receiver.secretUrl} label="Copy the URL" />
            ) : (
              <CopyButton text={each} label="Copy the URL" />
            )}
          </div>
        ),
      )}
      {kind === 'plain' ? null : (
        <>
          <RehearsalAnswer receiver={receiver} kind={kind} />
          <div className={classes.showChannel} data-away={isChannelAway || undefined}>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconMessages size={14} aria-hidden />}
              onClick={onShowChannel}
            >
              Show the channel
            </Button>
          </div>
        </>
      )}
      {kind !== 'plain' ? null : forwardTo === '' ? (
        <ReceiverAnswer receiver={receiver} onEdit={onEditAnswers} />
      ) : (
        <p className={classes.passesOn}>
          <IconArrowForwardUp size={16} aria-hidden />
          <span>
            Passes every request on to <code>{forwardTo}</code> and answers what comes back.
          </span>
        </p>
      )}
    </section>
  )
}

interface ReceiverMenuProps {
  readonly receiver: Receiver
  readonly onEdit: () => void
}

function ReceiverMenu({ receiver, onEdit }: ReceiverMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size={28} aria-label={`More for ${receiver.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSettings size={14} aria-hidden />} onClick={onEdit}>
          {settingsWords(receiver)}
        </Menu.Item>
        {receiver.isBuiltIn ? null : (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => void remove(receiver)}
          >
            Delete
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function settingsWords({ kind, isBuiltIn }: Receiver): string {
  if (kind !== 'plain') return isBuiltIn ? 'How it answers…' : 'Name and how it answers…'
  return isBuiltIn ? 'Port and forwarding…' : 'Name, address and forwarding…'
}

async function remove({ id, name }: Receiver): Promise<void> {
  try {
    await receivers.delete(id)
    captures.narrow({ receiverId: undefined })
    say(`The receiver “${name}” was deleted. What it recorded is still there.`, {
      action: { label: 'Undo', onClick: () => void orSay(receivers.restore(id)) },
    })
  } catch (error) {
    say(faultText(error))
  }
}
