/**
 * Copies an attempt as a cURL command that puts the same bytes on the wire. Where a secret is in
 * it, the user chooses whether the secret goes onto the clipboard.
 */
import { Button, Menu } from '@mantine/core'
import { IconCheck, IconTerminal2 } from '@tabler/icons-react'
import { useState } from 'react'
import type { AttemptId } from '#contract'
import { faultText } from '../state/core.ts'
import { curlOf } from '../state/delivery-detail.ts'
import { say } from '../ui/say.ts'

interface CurlButtonProps {
  readonly attemptId: AttemptId
  /** A secret stands in the request, so there are two ways to copy it. */
  readonly hasSecrets: boolean
}

export function CurlButton({ attemptId, hasSecrets }: CurlButtonProps) {
  const [copied, setCopied] = useState(false)
  /** Of which attempt it turned out that something in it looks secret. */
  const [maskedId, setMaskedId] = useState<AttemptId | null>(null)
  const isAsked = hasSecrets || maskedId === attemptId
  const copy = async (withSecrets: boolean) => {
    try {
      const { command, notes, masked } = await curlOf(attemptId, withSecrets)
      await navigator.clipboard.writeText(command)
      setCopied(true)
      setTimeout(() => setCopied(false), 1_500)
      for (const note of notes) say(note)
      if (!masked || isAsked) return
      setMaskedId(attemptId)
      say('What looks secret in it is masked. Copy it again to choose.')
    } catch (error) {
      say(`It could not be copied: ${faultText(error)}`)
    }
  }
  const button = (
    <Button
      size="xs"
      variant="default"
      leftSection={
        copied ? <IconCheck size={14} aria-hidden /> : <IconTerminal2 size={14} aria-hidden />
      }
      onClick={isAsked ? undefined : () => void copy(false)}
    >
      {copied ? 'Copied' : 'Copy cURL'}
    </Button>
  )
  if (!isAsked) return button
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void copy(false)}>With secrets masked</Menu.Item>
        <Menu.Item onClick={() => void copy(true)}>
          With secrets (they will be on your clipboard)
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
