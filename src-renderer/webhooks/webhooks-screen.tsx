/** The webhooks, and beside them the form and the live request of the one that is chosen. */
import { useState } from 'react'
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
  const visit = useVisit(id)
  if (!areDraftsRead || (id !== 'new' && !isRead)) return null
  if (id !== 'new' && !webhook) {
    return (
      <EmptyState
        sentence="This webhook does not exist any more."
        action={{ label: 'Back to the list', onClick: () => goTo('webhooks', null) }}
      />
    )
  }
  return (
    <WebhookPane
      key={visit.number}
      webhook={webhook ?? null}
      onCreated={(created) => {
        visit.goesOnAs(created.id)
        goTo('webhooks', created.id)
      }}
    />
  )
}

/**
 * Numbers what is looked at, one after the other. A new webhook that is saved stays the same visit:
 * the focus, the sample that was just sent and the seed are still there.
 */
function useVisit(id: string) {
  const [visit, setVisit] = useState({ id, number: 0, next: '' })
  if (visit.id !== id) {
    setVisit({ id, number: visit.next === id ? visit.number : visit.number + 1, next: '' })
  }
  return {
    number: visit.number,
    goesOnAs: (next: string) => setVisit((before) => ({ ...before, next })),
  }
}
