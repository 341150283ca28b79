/** A request as an adapter hands it over. */
export interface Incoming {
  /** In capitals, as HTTP has it. */
  readonly method: string;
  /** Path and query as the sender wrote them, before any mount path was cut off; an absolute address is fine too. */
  readonly url: string;
  /** Fetches the body. Called only for a request that carries the right secret and may have one: not for GET, HEAD, OPTIONS, DELETE. */
  readonly readBody: (limits: BodyLimits) => Promise<IncomingBody>;
}

/** A body: text, bytes or an object; or why there is none. */
export type IncomingBody =
  | { readonly kind: 'body'; readonly body: unknown }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'consumed' };

/** How much body, and for how long. */
export interface BodyLimits {
  readonly maxBodyBytes: number;
  readonly bodyTimeoutMs: number;
}
