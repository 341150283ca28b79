import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's young generation at the size it has now. It would double under load, up to 48 MiB, and never give that back; what a mock makes
 * for a call is gone with the call, so a small one serves it as well. For a process that is the mock alone. An engine that does not know
 * the flag ignores it.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
