/**
 * The endpoint chooses the message format of a new webhook, as long as the user has not: a Slack URL
 * is sent Slack messages. Only a change of the endpoint does that; a form that was begun before is
 * left as it is, and is offered the format instead.
 */
import { useCallback, useEffect, useRef } from 'react'
import type { Destination, MessageFormat, WebhookDraft } from '#contract'
import { withFormat } from './draft-edit.ts'
import type { Edit } from './form-state.ts'

/**
 * @param destination what the endpoint of this draft is; null until the core has said so
 * @returns `chosen`: to be called when the user chooses; `settle`: when it is known sooner, as the
 * form is saved, what the endpoint is
 */
export function useEndpointFormat(
  draft: WebhookDraft,
  isNew: boolean,
  destination: Destination | null,
  change: (edit: Edit) => void,
): { chosen: () => void; settle: (destination: Destination) => void } {
  /** What the endpoint was when it was last looked at; null: the form was begun before. */
  const seen = useRef<Destination | null>(isEmpty(draft) ? 'http' : null)
  /** Nobody chose a format, or the endpoint did. */
  const isFree = useRef(isNew && draft.format === 'raw')
  const settle = useCallback(
    (known: Destination) => {
      if (known === seen.current) return
      const isChange = seen.current !== null
      seen.current = known
      if (isNew && isChange && isFree.current) {
        change((before) => withFormat(before, formatOf(known)))
      }
    },
    [isNew, change],
  )
  useEffect(() => {
    if (destination !== null) settle(destination)
  }, [destination, settle])
  const chosen = useCallback(() => {
    isFree.current = false
  }, [])
  return { chosen, settle }
}

function isEmpty({ endpoint }: WebhookDraft): boolean {
  return endpoint.kind !== 'kept' && endpoint.text.trim() === ''
}

function formatOf(destination: Destination): MessageFormat {
  return destination === 'http' ? 'raw' : destination
}
