/**
 * A chat message as Slack, Teams or Webex would show it, in light or dark, whatever the app's own
 * theme is. Nothing leaves the app: links do not open but say where they lead, images are
 * placeholders. What cannot be drawn is named under it.
 */
import { SegmentedControl, useComputedColorScheme } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { ChatMessage } from '#contract'
import { useRemembered } from '../state/remembered.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { asObject, type JsonObject } from './json-reading.ts'
import type { Sender } from './message-frame.tsx'
import classes from './message-preview.module.css'
import { SlackView } from './slack-view.tsx'
import { TeamsView } from './teams-view.tsx'
import { WebexView } from './webex-view.tsx'

export type ChatScheme = 'light' | 'dark'

const CHAT_NAMES: Readonly<Record<ChatMessage['chat'], string>> = {
  slack: 'Slack',
  teams: 'Microsoft Teams',
  webex: 'Webex',
}

interface MessagePreviewProps {
  readonly message: ChatMessage
  /** Given, it decides; else the preview has a switch, which begins as the app looks. */
  readonly scheme?: ChatScheme
  /** The webhook's name, shown as the sender's. */
  readonly from?: string
  /** When it was sent; without it the message stands as of now. */
  readonly atMs?: number
}

export function MessagePreview({ message, scheme, from, atMs }: MessagePreviewProps) {
  const [chosen, setChosen] = useChatScheme()
  const shown = scheme ?? chosen
  const [hovered, setHovered] = useState<string | null>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const target = hovered ?? focused
  const name = CHAT_NAMES[message.chat]
  return (
    <section
      className={classes.preview}
      aria-label={`The message in ${name}`}
      onMouseOver={(event) => setHovered(urlAt(event.target))}
      onMouseLeave={() => setHovered(null)}
      onFocus={(event) => {
        setHovered(null)
        setFocused(urlAt(event.target))
      }}
      onBlur={() => setFocused(null)}
    >
      {scheme === undefined ? (
        <header className={classes.head}>
          <span className={classes.title}>As {name} would show it</span>
          <ChatSchemeSwitch scheme={shown} onScheme={setChosen} />
        </header>
      ) : null}
      <div className={classes.chat} data-chat={message.chat} data-scheme={shown}>
        <ErrorBoundary key={message.jsonText} instead="This message cannot be drawn here.">
          <Drawn message={message} sender={{ name: from || 'Hookstage', atMs: atMs ?? null }} />
        </ErrorBoundary>
      </div>
      <p className={classes.target} data-shown={target !== null} aria-hidden>
        <span className={classes.url}>{target ?? ''}</span>
      </p>
    </section>
  )
}

/** The scheme in which messages are shown: as the app looks, until another is chosen. */
export function useChatScheme(): readonly [ChatScheme, (scheme: ChatScheme) => void] {
  const ofApp = useComputedColorScheme('light')
  const [chosen, setChosen] = useRemembered<ChatScheme | null>('message.scheme', null, isScheme)
  return [chosen ?? ofApp, setChosen]
}

interface ChatSchemeSwitchProps {
  readonly scheme: ChatScheme
  readonly onScheme: (scheme: ChatScheme) => void
}

export function ChatSchemeSwitch({ scheme, onScheme }: ChatSchemeSwitchProps) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="Look of the message"
      value={scheme}
      onChange={(value) => onScheme(value === 'dark' ? 'dark' : 'light')}
      data={[
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
    />
  )
}

interface DrawnProps {
  readonly message: ChatMessage
  readonly sender: Sender
}

function Drawn({ message, sender }: DrawnProps) {
  const { chat, jsonText } = message
  const read = useMemo(() => readJson(jsonText), [jsonText])
  if (typeof read === 'string') return <p className={classes.problem}>{read}</p>
  switch (chat) {
    case 'slack':
      return <SlackView message={read} sender={sender} />
    case 'teams':
      return <TeamsView message={read} sender={sender} />
    case 'webex':
      return <WebexView message={read} sender={sender} />
  }
}

/** The longest text that is looked at; the chats take far less. */
const MOST_JSON_CHARACTERS = 4_000_000

/** The object, or why there is none, in words. */
function readJson(text: string): JsonObject | string {
  if (text.length > MOST_JSON_CHARACTERS) return 'The message is too long to be drawn here.'
  try {
    return (
      asObject(JSON.parse(text.replace(/^\ufeff/, '')) as unknown) ??
      'This is no message: its JSON is not an object.'
    )
  } catch {
    return 'This is no message: its text is not JSON.'
  }
}

function urlAt(target: EventTarget): string | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-url]') : null
  return element?.dataset.url || null
}

function isScheme(value: unknown): value is ChatScheme | null {
  return value === null || value === 'light' || value === 'dark'
}
