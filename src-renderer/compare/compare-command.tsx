/** Compare in the command palette: for two that are ticked, or for what is looked at. */
import type { SpotlightActionData } from '@mantine/spotlight'
import { IconArrowsDiff } from '@tabler/icons-react'
import { type ComparePlace, captureIdSchema, deliveryIdSchema, type ReplayPlace } from '#contract'
import { useBulk } from '../state/bulk.ts'
import { type ComparePair, comparing, idOfPlace, pairOf, relativeOf } from '../state/compare.ts'
import { core, faultText } from '../state/core.ts'
import { useRoute } from '../state/route.ts'
import { say } from '../ui/say.ts'

export const COMPARE_COMMAND: SpotlightActionData = {
  id: 'compare',
  label: 'Compare…',
  description: 'Two that are ticked, or what is looked at with its original or replay',
  keywords: 'difference diff side by side versus',
  leftSection: <IconArrowsDiff size={16} aria-hidden />,
  onClick: () => void compare(),
}

const HOW = 'Tick two deliveries or two captures to compare them, or open one that was replayed.'

async function compare(): Promise<void> {
  const ticked = tickedPlaces()
  const shown = shownPlace()
  if (ticked.length > 2) {
    say(`${ticked.length} are ticked. Tick two to compare them.`)
  } else if (ticked.length === 2) {
    comparing.openTwo(ticked)
  } else if (ticked[0] && shown && idOfPlace(ticked[0]) !== idOfPlace(shown)) {
    comparing.openTwo([ticked[0], shown])
  } else {
    await compareWithRelative(ticked[0] ?? shown)
  }
}

async function compareWithRelative(place: ComparePlace | null): Promise<void> {
  try {
    const pair = place && (await pairWithRelative(place))
    if (pair) comparing.open(pair.left, pair.right)
    else say(HOW)
  } catch (error) {
    say(faultText(error))
  }
}

async function pairWithRelative(place: ComparePlace): Promise<ComparePair | null> {
  const asked: ReplayPlace | null =
    place.kind === 'delivery'
      ? { deliveryId: place.deliveryId }
      : place.kind === 'capture'
        ? { captureId: place.captureId }
        : null
  if (!asked) return null
  const nodes = await core().replay.tree(asked)
  return pairOf(place, null, relativeOf(nodes, idOfPlace(place)))
}

/** On the screen that is looked at: leaving it unticks them. */
function tickedPlaces(): ComparePlace[] {
  const { deliveries, captures } = useBulk.getState()
  return [
    ...deliveries.map((deliveryId): ComparePlace => ({ kind: 'delivery', deliveryId })),
    ...captures.map((captureId): ComparePlace => ({ kind: 'capture', captureId })),
  ]
}

function shownPlace(): ComparePlace | null {
  const { screen, chosen } = useRoute.getState()
  if (chosen === null) return null
  if (screen === 'deliveries') {
    const { data } = deliveryIdSchema.safeParse(chosen)
    return data === undefined ? null : { kind: 'delivery', deliveryId: data }
  }
  if (screen !== 'captures') return null
  const { data } = captureIdSchema.safeParse(chosen)
  return data === undefined ? null : { kind: 'capture', captureId: data }
}
