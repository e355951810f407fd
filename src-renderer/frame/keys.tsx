/**
 * The keys that work everywhere, and the sheet that lists them all. Letters act only outside of
 * fields, on the screen while no dialog or menu lies over it, and can be turned off for people whose
 * tools type letters.
 */
import { Kbd, Switch, Table } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { create } from 'zustand'
import { setLetterKeys, useKeyChoice } from '../state/key-choice.ts'
import { addWebhook } from '../state/new-webhook.ts'
import { goTo } from '../state/route.ts'
import { Dialog, isDialogOpen } from '../ui/dialog.tsx'
import { altKeyName, COMMAND_ENTER, keyName } from '../ui/key-name.ts'
import { undoLast } from '../ui/say.ts'
import classes from './keys.module.css'

const useSheet = create<{ readonly isShown: boolean }>()(() => ({ isShown: false }))

export function showKeys(): void {
  useSheet.setState({ isShown: true })
}

const KEYS: readonly (readonly [keys: readonly string[], what: string, isLetter?: boolean])[] = [
  [[keyName('K')], 'Search or do anything'],
  [[keyName('S')], 'Save the form'],
  [[COMMAND_ENTER], 'Fire: the event in the simulator, a sample in the webhook form'],
  [[keyName('Z')], 'Take back what was just deleted or changed; in a field, what was typed'],
  [[keyName('F')], 'Search in the text that has the focus'],
  [['↑', '↓', 'Home', 'End', 'Page ↑', 'Page ↓'], 'Walk a list'],
  [['Enter'], 'Open what the list stands on'],
  [['Space'], 'Choose what the list stands on'],
  [['Shift', '↑', '↓'], 'Choose from row to row; a click with Shift does, too'],
  [[altKeyName('↑'), altKeyName('↓')], 'Move a header up or down'],
  [['Esc'], 'Close what lies on top; back to the list'],
  [['n'], 'Add a webhook', true],
  [['1', '2', '3', '4', '5'], 'Webhooks, Simulator, Deliveries, Captures, Settings', true],
  [['/'], 'Filter the list', true],
  [['?'], 'Show this sheet', true],
]

export function Keys() {
  const { isShown } = useSheet()
  const letterKeys = useKeyChoice((state) => state.letterKeys)
  const close = () => useSheet.setState({ isShown: false })
  useHotkeys(letterKeys ? LETTER_KEYS : [])
  useHotkeys([['mod+Z', undoLast]])
  return (
    <Dialog opened={isShown} onClose={close} title="Keys" size={560}>
      <Table className={classes.table} verticalSpacing={3} withRowBorders={false}>
        <Table.Tbody>
          {KEYS.map(([keys, what, isLetter]) => (
            <Table.Tr key={what} data-off={(isLetter && !letterKeys) || undefined}>
              <Table.Th scope="row" className={classes.keys}>
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </Table.Th>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        label="Single letters act as keys"
        checked={letterKeys}
        onChange={(event) => setLetterKeys(event.currentTarget.checked)}
      />
    </Dialog>
  )
}

const LETTER_KEYS: Parameters<typeof useHotkeys>[0] = [
  ['n', onScreen(() => addWebhook())],
  ['1', onScreen(() => goTo('webhooks'))],
  ['2', onScreen(() => goTo('simulator'))],
  ['3', onScreen(() => goTo('deliveries'))],
  ['4', onScreen(() => goTo('captures'))],
  ['5', onScreen(() => goTo('settings'))],
  ['/', onScreen(focusFilter)],
  ['shift+?', onScreen(showKeys)],
  ['?', onScreen(showKeys)],
]

/** An open menu has the focus; an open dialog may have lost it. */
function onScreen(act: () => void): () => void {
  return () => {
    const isInMenu = document.activeElement?.closest('[role="menu"]')
    if (!isInMenu && !isDialogOpen()) act()
  }
}

function focusFilter(): void {
  document.querySelector<HTMLElement>('main input[type="search"], main search input')?.focus()
}
