/** The channel that a rehearsal would have filled by now: its verdicts, and each message as it can be drawn. */
import {
  type ChannelEntry,
  type ChannelPage,
  type ChatMessage,
  chatOfRehearsal,
  type ReceiverId,
} from '#contract'
import type { Vault } from '../authoring/vault.ts'
import { chatMessageIn } from '../destinations/index.ts'
import { inspectMessage } from '../encode/index.ts'
import { AppError } from '../errors.ts'
import type { Receivers } from '../receivers/index.ts'
import type { Store } from '../store/index.ts'

export interface Channels {
  /** Newest first. @throws AppError `invalid` when it is no rehearsal, `not_found` */
  page(receiverId: ReceiverId, cursor: number | undefined, limit: number): ChannelPage
}

/** Of a message that is drawn; a longer one is only named. */
const DRAWN_BYTES = 128 * 1024

export function createChannels(deps: {
  readonly store: Pick<Store, 'captures' | 'channels'>
  readonly receivers: Pick<Receivers, 'get'>
  readonly vault: Pick<Vault, 'maskables'>
}): Channels {
  const { store, receivers, vault } = deps

  function messageOf(entry: Omit<ChannelEntry, 'message'>, chat: ChatMessage['chat']) {
    if (entry.result !== 'posted') return null
    const { head, body, bodyBytes } = store.captures.get(entry.captureId)
    if (bodyBytes > DRAWN_BYTES) return null
    const secrets = vault.maskables()
    const view = inspectMessage({ head, body, bodyBytes, limitBytes: null, secrets })
    return chatMessageIn(view.body, chat)
  }

  return {
    page: (receiverId, cursor, limit) => {
      const { kind } = receivers.get(receiverId)
      if (kind === 'plain') throw new AppError('invalid', 'This receiver is no rehearsal.')
      const { items, nextCursor } = store.channels.page(receiverId, cursor, limit)
      const chat = chatOfRehearsal(kind)
      return {
        items: items.map((entry) => ({ ...entry, message: messageOf(entry, chat) })),
        nextCursor,
      }
    },
  }
}
