import type { ControlDefinition } from '../control-definition.ts';

/** The fingerprint of what was caused. */
export interface TranscriptHash {
  /** 64 bits in hexadecimal. */
  readonly hash: string;
  /** Events and deliveries in it. */
  readonly lines: number;
}

/** Shows the fingerprint of what was caused. */
export const transcript: ControlDefinition<Record<never, never>, TranscriptHash> = {
  method: 'GET',
  path: '/transcript',
  summary:
    'Show a fingerprint of all events and deliveries with times, ids and bodies: equal fingerprints, equal runs.',
  returns: 'hash and the number of lines behind it',
  input: {},
  examples: [{}],
  run({ activity }) {
    const { hash, lines } = activity.transcript;
    return { hash, lines };
  },
};
