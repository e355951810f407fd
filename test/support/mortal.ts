/** What a process writes through, which can die at any moment as a process does. */

export interface Mortal<T> {
  readonly alive: T
  /** From now on every call throws. Resolves when what was asked for before is done. */
  die(): Promise<unknown>
  isDead(): boolean
}

/** @param target an object of functions, or of such objects */
export function mortal<T extends object>(target: T): Mortal<T> {
  let isDead = false
  const asked = new Set<Promise<unknown>>()
  const guarded = <U extends object>(each: U): U =>
    new Proxy(each, {
      get: (object, name, receiver) => {
        const value: unknown = Reflect.get(object, name, receiver)
        if (typeof value === 'object' && value !== null) return guarded(value)
        if (typeof value !== 'function') return value
        return (...args: unknown[]): unknown => {
          if (isDead) throw new Error('the process is dead')
          const result: unknown = Reflect.apply(value, object, args)
          if (result instanceof Promise) {
            asked.add(result)
            void result.catch(() => undefined).finally(() => asked.delete(result))
          }
          return result
        }
      },
    })
  return {
    alive: guarded(target),
    die: () => {
      isDead = true
      return Promise.allSettled(asked)
    },
    isDead: () => isDead,
  }
}
