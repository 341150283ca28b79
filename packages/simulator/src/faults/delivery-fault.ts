/** What can go wrong with a delivery; every parameter is filled in. What each models: `deliveryFaults`. Times are milliseconds. */
export type DeliveryFault =
  | { readonly kind: 'drop' }
  | { readonly kind: 'duplicate'; readonly copies: number }
  | { readonly kind: 'reorder'; readonly window: number; readonly ms: number }
  | { readonly kind: 'late'; readonly others: number | null; readonly ms: number }
  | { readonly kind: 'invalid-json' }
  | { readonly kind: 'empty-body' }
  | {
      readonly kind: 'wrong-type';
      readonly field: string;
      readonly as: 'text' | 'fraction' | 'boolean' | 'list' | 'object';
    }
  | { readonly kind: 'unknown-event'; readonly eventId: number }
  | { readonly kind: 'extra-fields'; readonly names: readonly string[] }
  | { readonly kind: 'missing-fields'; readonly names: readonly string[] }
  | { readonly kind: 'property-case'; readonly style: 'camel' | 'lower' | 'upper' }
  | { readonly kind: 'foreign-tenant'; readonly tenantId: number }
  | { readonly kind: 'batch'; readonly size: number }
  | { readonly kind: 'byte-order-mark' }
  | { readonly kind: 'wrong-content-type'; readonly contentType: string }
  | { readonly kind: 'truncated-body'; readonly afterBytes: number | null }
  | { readonly kind: 'connection-reset'; readonly afterBytes: number | null }
  | { readonly kind: 'slow-body'; readonly bytesPerSecond: number }
  | { readonly kind: 'silence'; readonly afterBytes: number | null }
  | { readonly kind: 'chunked-body' }
  | { readonly kind: 'lost-answer' };
