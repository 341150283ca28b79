import { callProbes } from './call-probes.ts';
import { listProbes } from './list-probes.ts';
import type { Probe } from './probe.ts';

/** Everything that can be seen without changing anything. */
export const probes: readonly Probe[] = [...callProbes, ...listProbes];
