/** What the user narrows the history down to, and the core's filter that this stands for. */
import type { DeliveryFilter, DeliveryStatus, EventName, WebhookId } from '#contract'

export type TimeChoice =
  | { readonly kind: 'any' }
  | { readonly kind: 'hour' }
  | { readonly kind: 'today' }
  | { readonly kind: 'range'; readonly fromMs: number | null; readonly toMs: number | null }

export interface DeliveryChoice {
  readonly statuses: readonly DeliveryStatus[]
  readonly events: readonly EventName[]
  readonly webhookId: WebhookId | null
  readonly time: TimeChoice
  readonly text: string
}

export const NO_CHOICE: DeliveryChoice = {
  statuses: [],
  events: [],
  webhookId: null,
  time: { kind: 'any' },
  text: '',
}

/** Whether anything is narrowed down at all. */
export function isNarrowed(choice: DeliveryChoice): boolean {
  return (
    choice.statuses.length > 0 ||
    choice.events.length > 0 ||
    choice.webhookId !== null ||
    choice.time.kind !== 'any' ||
    choice.text.trim() !== ''
  )
}

/** The core's filter; "last hour" and "today" are counted from now. */
export function filterOf(choice: DeliveryChoice, now: Date): DeliveryFilter {
  const text = choice.text.trim()
  return {
    ...(choice.statuses.length > 0 ? { statuses: [...choice.statuses] } : {}),
    ...(choice.events.length > 0 ? { events: [...choice.events] } : {}),
    ...(choice.webhookId === null ? {} : { webhookId: choice.webhookId }),
    ...(text ? { text } : {}),
    ...timeOf(choice.time, now),
  }
}

function timeOf(time: TimeChoice, now: Date): Pick<DeliveryFilter, 'sinceMs' | 'untilMs'> {
  switch (time.kind) {
    case 'any':
      return {}
    case 'hour':
      return { sinceMs: now.getTime() - 3_600_000 }
    case 'today':
      return { sinceMs: new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime() }
    case 'range':
      return {
        ...(time.fromMs === null ? {} : { sinceMs: time.fromMs }),
        ...(time.toMs === null ? {} : { untilMs: time.toMs }),
      }
  }
}
