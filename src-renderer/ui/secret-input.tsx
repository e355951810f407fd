/**
 * A field for a text that may be secret. A kept secret is a mask: the eye fetches its value, typing
 * takes its place. A secret that is being typed is dotted until the eye is pressed.
 */
import { ActionIcon, TextInput, type TextInputProps, Tooltip } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { type ChangeEvent, useState } from 'react'
import { type SecretText, shownText } from '#contract'
import { faultText } from '../state/core.ts'
import { revealSecret } from '../state/preview.ts'
import { say } from './say.ts'
import classes from './secret-input.module.css'

interface SecretInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'classNames'> {
  readonly classNames?: { readonly root?: string | undefined; readonly label?: string | undefined }
  readonly value: SecretText
  /** What is typed counts as this kind. */
  readonly typedKind: 'plain' | 'secret'
  readonly onValue: (value: SecretText) => void
}

export function SecretInput({ value, typedKind, onValue, classNames, ...props }: SecretInputProps) {
  const [revealed, setRevealed] = useState<{ of: string; text: string } | null>(null)
  const [isOpen, setOpen] = useState(false)
  const isKept = value.kind === 'kept'
  const open = isKept && revealed?.of === value.secretId ? revealed.text : null
  const text = open ?? (isKept ? shownText(value) : value.text)
  const isDotted = value.kind === 'secret' && !isOpen

  const toggle = async () => {
    if (!isKept) return setOpen(!isOpen)
    if (open !== null) return setRevealed(null)
    try {
      setRevealed({ of: value.secretId, text: await revealSecret(value.secretId) })
    } catch (error) {
      say(faultText(error))
    }
  }
  const type = (event: ChangeEvent<HTMLInputElement>) => {
    const { value: typed } = event.currentTarget
    const next = isKept && open === null ? typedOver(typed, text, event.nativeEvent) : typed
    if (open !== null) setOpen(true)
    onValue({ kind: typedKind, text: next })
  }
  const isShown = isKept ? open !== null : isOpen
  const hasEye = value.kind === 'secret' ? value.text !== '' : isKept && value.readable
  const label = isShown ? 'Hide the secret' : 'Show the secret'
  return (
    <TextInput
      {...props}
      value={text}
      onChange={type}
      onFocus={(event) => {
        if (isKept && open === null) event.currentTarget.select()
      }}
      autoComplete="off"
      spellCheck={false}
      classNames={{ ...classNames, input: isDotted ? classes.dotted : classes.wire }}
      rightSection={
        hasEye ? (
          <Tooltip label={label}>
            <ActionIcon
              size={24}
              aria-label={label}
              aria-pressed={isShown}
              onClick={() => void toggle()}
            >
              {isShown ? <IconEyeOff size={14} /> : <IconEye size={14} />}
            </ActionIcon>
          </Tooltip>
        ) : null
      }
    />
  )
}

/** What is typed into a mask takes its place as a whole. */
function typedOver(typed: string, mask: string, event: Event): string {
  if (event instanceof InputEvent && event.data !== null) return event.data
  if (event instanceof InputEvent && event.inputType.startsWith('delete')) return ''
  return typed.replace(mask, '')
}
