/** One receiver: where it listens, what it answers or where it passes on to, and its settings. */
import { ActionIcon, Menu, Switch } from '@mantine/core'
import { IconArrowForwardUp, IconDots, IconSettings, IconTrash } from '@tabler/icons-react'
import { type Receiver, shownText } from '#contract'
import { captures } from '../state/captures.ts'
import { faultText } from '../state/core.ts'
import { receivers } from '../state/receivers.ts'
import { counted } from '../ui/bytes.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { orSay } from '../ui/or-say.ts'
import { say } from '../ui/say.ts'
import classes from './captures.module.css'
import { ReceiverAnswer } from './receiver-answer.tsx'

interface ReceiverCardProps {
  readonly receiver: Receiver
  readonly onEditAnswers: () => void
  readonly onEdit: () => void
}

export function ReceiverCard({ receiver, onEditAnswers, onEdit }: ReceiverCardProps) {
  const { id, name, url, ownUrl, isStarted, listening, problem, received } = receiver
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
        <ReceiverMenu receiver={receiver} onEdit={onEdit} />
      </div>
      {problem === null ? null : <ErrorNote message={problem} />}
      {[url, ownUrl].map((each) =>
        each === null ? null : (
          <div key={each} className={classes.url}>
            <code>{each}</code>
            <CopyButton text={each} label="Copy the URL" />
          </div>
        ),
      )}
      {forwardTo === '' ? (
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
          {receiver.isBuiltIn ? 'Port and forwarding…' : 'Name, address and forwarding…'}
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
