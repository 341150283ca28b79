import type { TenantWorld } from '../../world/tenant-world.ts';
import type { ControlDefinition } from '../control-definition.ts';

/** How long to wait. */
export const settledFields = {
  within: { kind: 'duration', least: 0, most: 300_000, default: 5_000, doc: 'longest wait' },
} as const;

/** Whether everything came to an end. */
export interface Settled {
  readonly settled: boolean;
  /** Deliveries still waiting or under way. */
  readonly pending: number;
}

/** Waits until nothing is left to deliver. */
export const settled: ControlDefinition<typeof settledFields, Promise<Settled>> = {
  method: 'GET',
  path: '/settled',
  summary: 'Wait until everything caused so far is delivered or given up.',
  returns: 'settled, and how many deliveries are still pending',
  input: settledFields,
  examples: [{ within: '10s' }],
  async run(world, { within }) {
    const isSettled = await world.waiting.until(() => world.pending === 0, within);
    if (isSettled) await hashed(world, within);
    return { settled: isSettled, pending: world.pending };
  },
};

/** The journal then tells the hashes of long bodies too, which takes milliseconds; whoever does not want to wait does not wait for them. */
async function hashed({ requests, waiting }: TenantWorld, within: number): Promise<void> {
  if (!requests.hashing) return;
  void requests.hashing.then(() => waiting.finished());
  await waiting.until(() => requests.hashing === undefined, within);
}
