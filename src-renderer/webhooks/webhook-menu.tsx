/** What can be done with a saved webhook besides editing it. */
import { ActionIcon, Menu } from '@mantine/core'
import { IconCopyPlus, IconDots, IconSend2, IconTrash } from '@tabler/icons-react'
import type { Webhook, WebhookId } from '#contract'
import { faultText } from '../state/core.ts'
import { goTo, hashOf, useRoute } from '../state/route.ts'
import { webhooks, webhookTitle } from '../state/webhooks.ts'
import { say } from '../ui/say.ts'

interface WebhookMenuProps {
  readonly webhook: Webhook
  /** Offered where there is no button of its own for it. */
  readonly onFire?: () => void
}

export function WebhookMenu({ webhook, onFire }: WebhookMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size={24} aria-label={`More for ${webhookTitle(webhook)}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onFire ? (
          <Menu.Item leftSection={<IconSend2 size={14} aria-hidden />} onClick={onFire}>
            Fire a sample
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={<IconCopyPlus size={14} aria-hidden />}
          onClick={() => void duplicate(webhook.id)}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={() => void remove(webhook)}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

async function duplicate(id: WebhookId): Promise<void> {
  try {
    goTo('webhooks', (await webhooks.duplicate(id)).id)
  } catch (error) {
    say(faultText(error))
  }
}

async function remove(webhook: Webhook): Promise<void> {
  const { id } = webhook
  const { screen, chosen } = useRoute.getState()
  const wasChosen = screen === 'webhooks' && chosen === id
  const next = neighbourOf(id)
  try {
    await webhooks.delete([id])
    if (wasChosen) goTo('webhooks', null)
    requestAnimationFrame(() => next?.focus())
    const restore = async () => {
      try {
        await webhooks.restore([id])
        if (wasChosen) goTo('webhooks', id)
      } catch (error) {
        say(faultText(error))
      }
    }
    say(`${webhookTitle(webhook)} was deleted.`, {
      action: { label: 'Undo', onClick: () => void restore() },
    })
  } catch (error) {
    say(faultText(error))
  }
}

/** Where the focus goes when a webhook leaves the list: the name after it, or before it. */
function neighbourOf(id: WebhookId): HTMLElement | undefined {
  const names = [...document.querySelectorAll<HTMLElement>('main tbody a[href]')]
  const own = hashOf({ screen: 'webhooks', chosen: id })
  const at = names.findIndex((name) => name.getAttribute('href') === own)
  return at < 0 ? undefined : (names[at + 1] ?? names[at - 1])
}
