/** A request ready for the wire: what the preview shows and what the lane sends are one value. */
export interface WireRequest {
  readonly method: 'POST'
  /** `https://example.com:8443` */
  readonly origin: string
  /** Path and query, sent as it stands. */
  readonly path: string
  /**
   * Name and value alternating, in order, case kept. Without `host`, `connection` and
   * `content-length`, which the connection adds (see `renderHead`).
   */
  readonly headers: readonly string[]
  readonly body: Uint8Array
}
