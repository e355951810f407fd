/** What the palette finds, and what stands first: Enter takes that. */
import { expect, it } from 'vitest'
import { matching, type PaletteEntry } from '../../../src-renderer/frame/palette-matching.ts'

const PALETTE: PaletteEntry[] = [
  {
    group: 'Do',
    actions: [
      { id: 'add', label: 'Add webhook', keywords: 'new create' },
      { id: 'bulk', label: 'Replay these…', description: 'All that Deliveries or Captures list' },
      { id: 'export', label: 'Export the listed deliveries…' },
    ],
  },
  {
    group: 'Go to',
    actions: [
      { id: 'deliveries', label: 'Deliveries' },
      { id: 'captures', label: 'Captures' },
    ],
  },
]

const ids = (query: string) =>
  matching(query, PALETTE).flatMap((each) =>
    'actions' in each ? each.actions.map(({ id }) => id) : [each.id],
  )

it('finds what holds every word, in any order', () => {
  expect(ids('listed export')).toEqual(['export'])
  expect(ids('new webhook')).toEqual(['add'])
  expect(ids('nothing like it')).toEqual([])
})

it('puts first what is called so', () => {
  expect(ids('deliveries')).toEqual(['deliveries', 'bulk', 'export'])
  expect(ids('Capt')).toEqual(['captures', 'bulk'])
  expect(ids('export')).toEqual(['export'])
})

it('leaves all where it stands as long as nothing is typed', () => {
  expect(ids('')).toEqual(['add', 'bulk', 'export', 'deliveries', 'captures'])
})
