import type { LiveHubex } from './live-hubex.ts';

/** What a look at the real HubEx says about some numbers of the ledger. Never holds a value of the tenant: it is sent to others. */
export interface Finding {
  readonly verdict: 'confirmed' | 'contradicted' | 'undecided';
  /** What was seen, in statuses, counts and names of fields. */
  readonly seen: string;
}

/** One look. */
export interface Probe {
  readonly numbers: readonly `B${string}`[];
  readonly look: (hubex: LiveHubex) => Promise<Finding>;
}

/** Whether it is as the ledger says, and what was seen. */
export function found(isSo: boolean, seen: string): Finding {
  return { verdict: isSo ? 'confirmed' : 'contradicted', seen };
}

/** The tenant has nothing to see it by. */
export function undecided(seen: string): Finding {
  return { verdict: 'undecided', seen };
}

/** A JSON object; empty for anything else. */
export function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
