/**
 * Where the user is, as the address's hash: `#/webhooks/new`, `#/deliveries/<id>`. A screen that is
 * left and come back to shows what was chosen there.
 */
import { create } from 'zustand'
import { recall, remember } from './remembered.ts'

export const SCREENS = ['webhooks', 'simulator', 'deliveries', 'captures', 'settings'] as const
export type Screen = (typeof SCREENS)[number]

export interface Route {
  readonly screen: Screen
  /** The id of the chosen thing, or `new`; null when nothing is chosen. */
  readonly chosen: string | null
}

const KEY = 'route'
const lastChosen = new Map<Screen, string | null>()

/** Null for a hash that names no screen. */
function routeOf(hash: string): Route | null {
  const [name, chosen] = hash.replace(/^#\/?/, '').split('/')
  const screen = SCREENS.find((each) => each === name)
  return screen ? { screen, chosen: chosen ? decoded(chosen) : null } : null
}

/** An address may hold anything: what is not encoded rightly stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export function hashOf({ screen, chosen }: Route): string {
  return chosen === null ? `#/${screen}` : `#/${screen}/${encodeURIComponent(chosen)}`
}

export const useRoute = create<Route>()(
  () => routeOf(location.hash) ?? recall(KEY, { screen: 'webhooks', chosen: null }, isRoute),
)

function follow(route: Route): void {
  lastChosen.set(route.screen, route.chosen)
  remember(KEY, route)
  useRoute.setState(route)
}

addEventListener('hashchange', () => {
  const route = routeOf(location.hash)
  if (route) follow(route)
})

/** Goes to a screen, at once; without `chosen`, to what was chosen there last. */
export function goTo(screen: Screen, chosen?: string | null): void {
  const route = { screen, chosen: chosen === undefined ? (lastChosen.get(screen) ?? null) : chosen }
  const hash = hashOf(route)
  follow(route)
  location.hash = hash
}

function isRoute(value: unknown): value is Route {
  if (typeof value !== 'object' || value === null) return false
  const { screen, chosen } = value as Partial<Record<keyof Route, unknown>>
  const isChosen = chosen === null || typeof chosen === 'string'
  return SCREENS.some((each) => each === screen) && isChosen
}
