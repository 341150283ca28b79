import type { Control, DeliveryFilter, DeliveryRecord } from '@hubex-kit/simulator';

/** What must have been received. */
export interface ReceivedWish extends Omit<DeliveryFilter, 'state'> {
  /** Exactly so many. Default: at least one. */
  readonly count?: number;
}

/** Whatever knows what was delivered: a `TestHubex`, a tenant of the simulator. */
export type Delivering = Pick<Control, 'deliveries'>;

/** A matcher's verdict, for vitest and jest alike. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** `expect.extend(hubexMatchers)`, in vitest and jest. */
export const hubexMatchers = {
  /** The receiver has answered a delivery of this kind with success. Call `settled()` first. */
  toHaveReceived(hubex: Delivering, wish: ReceivedWish): Verdict {
    const { count, ...filter } = wish;
    const all = hubex.deliveries().items;
    const found = hubex.deliveries({ ...filter, state: 'delivered' }).total;
    const pass = count === undefined ? found > 0 : found === count;
    const wanted = pass ? unwanted(count) : (count ?? 'at least one');
    const message = `expected ${wanted} delivered with ${JSON.stringify(filter)}; there were ${found}.`;
    return { pass, message: () => `${message}\n${listed(all)}` };
  },
};

/** What `.not` asks for. */
function unwanted(count: number | undefined): string {
  return count === undefined ? 'none' : `any number but ${count}`;
}

function listed(records: readonly DeliveryRecord[]): string {
  if (records.length === 0)
    return 'Nothing was sent at all: is a webhook registered and active, and does it name the event?';
  const lines = records.slice(-10).map(({ eventId, assetId, state, reason }) => {
    const why = reason ? ` (${reason})` : '';
    return `  event ${eventId ?? 'none'}, asset ${assetId ?? 'none'}: ${state}${why}`;
  });
  return `The last of ${records.length}:\n${lines.join('\n')}`;
}
