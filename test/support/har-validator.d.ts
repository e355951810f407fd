declare module 'har-validator/lib/promise.js' {
  /** Rejects with the errors of the schema. */
  export function har(value: unknown): Promise<unknown>
}
