/** A red badge wherever a certificate is, or was, not what decided. */
import { Badge } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'

const WORDS = 'Certificate not checked'

interface CertificatesIgnoredProps {
  /** The icon alone, where there is no room; the words are then its name. */
  readonly compact?: boolean
}

export function CertificatesIgnored({ compact = false }: CertificatesIgnoredProps) {
  if (compact) {
    return (
      <Badge
        color="red"
        variant="light"
        radius="sm"
        px={4}
        role="img"
        aria-label={WORDS}
        title={WORDS}
      >
        <IconLockOpen size={12} aria-hidden />
      </Badge>
    )
  }
  return (
    <Badge
      color="red"
      variant="light"
      radius="sm"
      tt="none"
      styles={{ section: { marginInlineEnd: 5 } }}
      leftSection={<IconLockOpen size={12} aria-hidden />}
    >
      {WORDS}
    </Badge>
  )
}
