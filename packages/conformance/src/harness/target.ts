import type { Clock, Simulator, Switches } from '@hubex-kit/simulator';
import type { Recorder } from './recorder.ts';

/** How a HubEx under test is set up. */
export interface Setup {
  readonly assets?: number;
  readonly switches?: Partial<Switches>;
  /** Unknown service tokens are refused, as at HubEx, unless told otherwise. */
  readonly tenants?: 'on-sight' | 'known';
}

/** A HubEx under test. */
export interface Running {
  /** Sends one request; the path is below the base address. */
  send(request: Outgoing): Promise<Reply>;
  /** Where deliveries of the recorder go. */
  readonly receiverUrl: string;
  readonly simulator: Simulator;
  stop(): Promise<void>;
}

/** A way to reach HubEx. */
export interface Target {
  readonly name: string;
  /** Ledger numbers that cannot be seen from here, with the reason: nothing is tested for them. */
  readonly unseen?: Readonly<Record<string, string>>;
  start(setup: Setup & { readonly clock: Clock; readonly recorder: Recorder }): Promise<Running>;
}

/** One request. */
export interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** One reply; header names in lower case. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as it came. */
  readonly bytes: Uint8Array;
}
