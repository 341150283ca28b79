import { type LiveAccess, LiveHubex } from './live-hubex.ts';
import type { Finding } from './probe.ts';
import { probes } from './probes.ts';

/** What the real HubEx said about one or several numbers of the ledger. */
export interface LiveRow extends Finding {
  readonly numbers: readonly string[];
}

/** How to look. */
export interface LookOptions extends LiveAccess {
  /** Told before each look: how many are done, of how many. */
  readonly onProgress?: (done: number, all: number) => void;
  /** Default: real time. */
  readonly pause?: (ms: number) => Promise<void>;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks at everything; a look that fails is undecided and says why. Rejects only when there is no token to be had. */
export async function look({ onProgress, pause = wait, ...access }: LookOptions): Promise<readonly LiveRow[]> {
  const hubex = new LiveHubex(access, pause);
  await hubex.token();
  const rows: LiveRow[] = [];
  for (const { numbers, look: one } of probes) {
    onProgress?.(rows.length, probes.length);
    const finding = await one(hubex).catch(
      (error: unknown): Finding => ({
        verdict: 'undecided',
        seen: `no answer (${error instanceof Error ? error.name : typeof error})`,
      }),
    );
    rows.push({ numbers, ...finding });
  }
  return rows;
}
