/** Seeds for sample events: short enough to be read out and typed again. */

const LARGEST_OFFERED = 9999

/** `random` gives numbers in [0, 1). */
export function newSeed(random: () => number = Math.random): number {
  return 1 + Math.floor(random() * LARGEST_OFFERED)
}
