/** Each receiver in the command palette: its captures, and of a rehearsal the channel. */
import type { SpotlightActionData } from '@mantine/spotlight'
import { IconDownload } from '@tabler/icons-react'
import { RECEIVER_KIND_LABELS, type Receiver } from '#contract'
import { captures } from '../state/captures.ts'
import { goTo } from '../state/route.ts'

export function receiverAction({ id, name, kind }: Receiver): SpotlightActionData {
  return {
    id: `receiver-${id}`,
    label: name,
    description: RECEIVER_KIND_LABELS[kind],
    keywords: kind === 'plain' ? 'captures requests' : 'captures requests channel messages',
    leftSection: <IconDownload size={16} aria-hidden />,
    onClick: () => {
      captures.narrow({ receiverId: id })
      goTo('captures', null)
    },
  }
}
