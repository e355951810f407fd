/** The webhooks, and beside them the form and the live request of the one that is chosen. */

import { useDrafts } from '../state/drafts.ts'
import { goTo } from '../state/route.ts'
import { useWebhooks } from '../state/webhooks.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { SplitPane } from '../ui/split-pane.tsx'
import { WebhookList } from './webhook-list.tsx'
import { WebhookPane } from './webhook-pane.tsx'

interface WebhooksScreenProps {
  /** A webhook's id, or `new`; null shows the list alone. */
  readonly chosen: string | null
}

export function WebhooksScreen({ chosen }: WebhooksScreenProps) {
  return (
    <SplitPane
      id="webhooks"
      listPercent={30}
      isOpen={chosen !== null}
      onClose={() => goTo('webhooks', null)}
      list={<WebhookList chosen={chosen} />}
      detail={chosen === null ? null : <Chosen id={chosen} />}
    />
  )
}

function Chosen({ id }: { readonly id: string }) {
  const webhook = useWebhooks(({ webhooks }) => webhooks.find((each) => each.id === id))
  const isRead = useWebhooks((state) => state.isRead)
  const areDraftsRead = useDrafts((state) => state.isRead)
  if (!areDraftsRead || (id !== 'new' && !isRead)) return null
  if (id === 'new') return <WebhookPane key="new" webhook={null} />
  if (webhook) return <WebhookPane key={id} webhook={webhook} />
  return (
    <EmptyState
      sentence="This webhook does not exist any more."
      action={{ label: 'Back to the list', onClick: () => goTo('webhooks', null) }}
    />
  )
}
