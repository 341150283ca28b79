/** What can go wrong with a call of the API; every parameter is filled in. What each models: `apiFaults`. Times are milliseconds. */
export type ApiFault =
  | { readonly kind: 'latency'; readonly ms: number; readonly jitterMs: number }
  | { readonly kind: 'unauthorised' }
  | { readonly kind: 'expired-token' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'conflict'; readonly code: string }
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number | null; readonly form: 'seconds' | 'date' }
  | { readonly kind: 'internal-error'; readonly carriedOut: boolean }
  | { readonly kind: 'bad-gateway'; readonly carriedOut: boolean }
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'gateway-timeout'; readonly carriedOut: boolean }
  | { readonly kind: 'proxy-page'; readonly status: number }
  | { readonly kind: 'stale-read'; readonly changes: number }
  | { readonly kind: 'silent-cut'; readonly rows: number }
  | { readonly kind: 'empty-body' }
  | { readonly kind: 'malformed-json' }
  | { readonly kind: 'byte-order-mark' }
  | { readonly kind: 'wrong-content-type'; readonly contentType: string }
  | { readonly kind: 'connection-reset'; readonly afterBytes: number | null; readonly carriedOut: boolean }
  | { readonly kind: 'truncated-body'; readonly afterBytes: number | null }
  | { readonly kind: 'slow-body'; readonly bytesPerSecond: number }
  | { readonly kind: 'silence'; readonly afterBytes: number | null; readonly carriedOut: boolean };
