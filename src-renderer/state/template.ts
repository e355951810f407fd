/** What a template of the user's own starts from, and what there is to complete in it. */
import type { Chat, EventName } from '#contract'
import { type Asked, useAsked } from './asked.ts'
import { core } from './core.ts'

/** The built-in message as Liquid; `chat` null: one for a receiver of another kind. */
export async function builtInTemplate(chat: Chat | null, event: EventName): Promise<string> {
  return (await core().webhook.builtInTemplate({ chat, event })).template
}

type Schema = Readonly<Record<string, unknown>>

async function askSchema(event: EventName, signal: AbortSignal): Promise<Schema> {
  return (await core().simulator.schema({ event }, { signal })).schema
}

/** JSON Schema of an event's payload. */
export function useEventSchema(event: EventName): Asked<Schema> {
  return useAsked(event, askSchema, 0)
}
