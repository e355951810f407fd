/** Puts a text on the clipboard and says so in its own words for a moment. */
import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'

interface CopyButtonProps {
  readonly text: string
  /** A verb and its object: `Copy the URL`. */
  readonly label: string
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const { copy, copied, error } = useClipboard({ timeout: 1500 })
  const words = error ? 'It could not be copied' : copied ? 'Copied' : label
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={
        copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
      }
      onClick={() => copy(text)}
    >
      <span aria-live="polite">{words}</span>
    </Button>
  )
}
