/** What the benches share: timing a piece of work, and printing a figure beside its limit. */

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What it has to stay under, or reach. */
  readonly limit?: { readonly atMost: number } | { readonly atLeast: number }
}

/** The median of `runs` timings, in ms. */
export async function medianMs(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const startedMs = performance.now()
    await work()
    times.push(performance.now() - startedMs)
  }
  return median(times)
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Prints the figure and answers whether it keeps its limit. */
export function print({ name, value, unit, limit }: Figure): boolean {
  const shown = `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`.trim()
  let verdict = ''
  let kept = true
  if (limit) {
    const atMost = 'atMost' in limit
    kept = atMost ? value <= limit.atMost : value >= limit.atLeast
    const bound = atMost ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`
    verdict = `${kept ? 'ok' : 'MISSED'} (${bound} ${unit})`.replace(' )', ')')
  }
  process.stdout.write(`${name.padEnd(58)}${shown.padStart(14)}  ${verdict}\n`)
  return kept
}
