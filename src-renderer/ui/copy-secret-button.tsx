/** Puts a secret on the clipboard without showing it; a kept one is fetched for that moment. */
import { Button } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import type { SecretText } from '#contract'
import { faultText } from '../state/core.ts'
import { revealSecret } from '../state/preview.ts'
import { say } from './say.ts'

interface CopySecretButtonProps {
  readonly secret: SecretText
  /** A verb and its object: `Copy the secret`. */
  readonly label: string
}

const COPIED_MS = 1500

export function CopySecretButton({ secret, label }: CopySecretButtonProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      const text = secret.kind === 'kept' ? await revealSecret(secret.secretId) : secret.text
      await navigator.clipboard.writeText(text)
      setCopied(true)
      setTimeout(() => setCopied(false), COPIED_MS)
    } catch (error) {
      say(`It could not be copied: ${faultText(error)}`)
    }
  }
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={
        copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
      }
      onClick={() => void copy()}
    >
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </Button>
  )
}
