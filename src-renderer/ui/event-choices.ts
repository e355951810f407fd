/** The catalogue's events as the options of a select, in their groups. */
import {
  CATALOGUE,
  EVENT_TYPE_LABELS,
  EVENT_TYPES,
  type EventName,
  eventLabel,
  eventNameSchema,
} from '#contract'

export const EVENT_CHOICES = EVENT_TYPES.map((type) => ({
  group: EVENT_TYPE_LABELS[type],
  items: CATALOGUE.filter((entry) => entry.type === type).map(({ name }) => ({
    value: name,
    label: eventLabel(name),
  })),
}))

/** The event of a select's value; null of none. */
export function eventChosen(value: string): EventName | null {
  return eventNameSchema.safeParse(value).data ?? null
}
