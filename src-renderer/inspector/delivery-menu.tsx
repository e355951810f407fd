/** What else can be done with a delivery. */
import { ActionIcon, Menu } from '@mantine/core'
import { IconBolt, IconDots, IconFileExport, IconStethoscope } from '@tabler/icons-react'

interface DeliveryMenuProps {
  /** Undefined while nothing has been sent. */
  readonly onCheckSignature: (() => void) | undefined
  readonly onMakeEvent: () => void
  readonly onExport: () => void
}

export function DeliveryMenu({ onCheckSignature, onMakeEvent, onExport }: DeliveryMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size={30} aria-label="More for this delivery">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconBolt size={14} aria-hidden />} onClick={onMakeEvent}>
          Make an event…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconStethoscope size={14} aria-hidden />}
          disabled={!onCheckSignature}
          onClick={onCheckSignature}
        >
          Check a signature
        </Menu.Item>
        <Menu.Item leftSection={<IconFileExport size={14} aria-hidden />} onClick={onExport}>
          Export…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
