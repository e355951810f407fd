/** A button that opens a list of things to narrow down to; several may be ticked. */
import { Button, Menu, ScrollArea } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export interface Option<T> {
  readonly value: T
  readonly label: ReactNode
  readonly key: string
}

interface ChoiceMenuProps<T> {
  readonly name: string
  readonly options: readonly Option<T>[]
  readonly chosen: readonly T[]
  readonly onChange: (chosen: readonly T[]) => void
  /** One at a time: choosing closes the menu. */
  readonly single?: boolean
}

export function ChoiceMenu<T>({ name, options, chosen, onChange, single }: ChoiceMenuProps<T>) {
  const toggle = (value: T) => {
    if (single) return onChange(chosen.includes(value) ? [] : [value])
    const others = chosen.filter((one) => one !== value)
    onChange(others.length < chosen.length ? others : [...chosen, value])
  }
  return (
    <Menu closeOnItemClick={single ?? false} position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          data-narrowed={chosen.length > 0 || undefined}
        >
          {name}
          {chosen.length > 0 ? ` (${chosen.length})` : ''}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={360} type="auto">
          {options.map(({ value, label, key }) => {
            const isChosen = chosen.includes(value)
            const Item = single ? Menu.RadioItem : Menu.CheckboxItem
            return (
              <Item
                key={key}
                value={key}
                checked={isChosen}
                closeMenuOnClick={single ?? false}
                onChange={() => toggle(value)}
              >
                {label}
              </Item>
            )
          })}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
