import type { Webhook } from '../domain/webhook.ts';

/** Where events stand among those of the same call, when it announces them in parts. */
export interface Part {
  /** How many went before. */
  readonly before: number;
  readonly of: number;
  /** The webhooks as they were when it all happened: one switched off by the first events was there for the last. Left out: as they are now. */
  readonly listening?: readonly Webhook[];
}
