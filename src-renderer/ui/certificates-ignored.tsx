/** A red badge wherever a certificate is, or was, not what decided. */
import { Badge } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'

export function CertificatesIgnored() {
  return (
    <Badge
      color="red"
      variant="light"
      radius="sm"
      tt="none"
      leftSection={<IconLockOpen size={12} aria-hidden />}
    >
      Certificate not checked
    </Badge>
  )
}
