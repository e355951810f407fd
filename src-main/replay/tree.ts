/** Everything that comes from the same origin, in the order in which it was made, each below its parent. */
import type { CaptureId, DeliveryId, ReplayNode, ReplayPlace } from '#contract'
import { AppError } from '../errors.ts'
import type { Inspector } from '../inspect/inspector.ts'
import type { Store } from '../store/index.ts'

const MAX_NODES = 200
/** A parent that is gone ends the way up. */
const MAX_DEPTH = 100

interface Deps {
  readonly store: Pick<Store, 'history' | 'captures'>
  readonly inspector: Pick<Inspector, 'captureRows'>
}

export function replayTree(deps: Deps, place: ReplayPlace): ReplayNode[] {
  const { history } = deps.store
  const nodes: ReplayNode[] = []

  function add(node: ReplayNode, id: string) {
    if (nodes.length >= MAX_NODES) return
    nodes.push(node)
    for (const delivery of history.replaysOf(id, MAX_NODES)) {
      add({ depth: node.depth + 1, delivery, capture: null }, delivery.id)
    }
  }

  const rootId = 'captureId' in place ? place.captureId : rootOf(deps, place.deliveryId)
  const [delivery = null] = history.some([rootId as DeliveryId])
  const capture = delivery ? null : captureOf(deps, rootId)
  add({ depth: 0, delivery, capture }, rootId)
  return nodes
}

function rootOf({ store: { history } }: Deps, deliveryId: DeliveryId): string {
  let id: string = deliveryId
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const [delivery] = history.some([id as DeliveryId])
    if (!delivery?.replayOf) return id
    id = delivery.replayOf
  }
  return id
}

function captureOf({ store, inspector }: Deps, id: string): ReplayNode['capture'] {
  try {
    return inspector.captureRows([store.captures.get(id as CaptureId)])[0] ?? null
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
