import type { UnknownEvent } from '@hubex-kit/contract';
import { nearest } from '@hubex-kit/contract/nearest';
import { isSecret } from './authenticity/secrets.ts';
import { createMemoryInbox, type Inbox, type InboxEntry } from './inbox.ts';
import type { BodyLimits } from './incoming.ts';
import { ReceiverError } from './receiver-error.ts';

/** How to receive. */
export interface ReceiverOptions {
  /** Active secrets, at least 22 URL-safe characters each: a query value or a path segment of the webhook's address. */
  readonly secrets: string | readonly string[];
  /** Query parameter that carries the secret. Default `key`. */
  readonly secretParameter?: string;
  /** TenantIDs whose deliveries are taken, at least one; those of others go to quarantine. Default: every tenant. */
  readonly tenants?: readonly number[];
  /** Where deliveries are kept before HubEx gets its answer. Default: memory. */
  readonly inbox?: Inbox;
  /** Told about junk bodies, failing handlers and a failing inbox. Default: one line on the console. */
  readonly onError?: (error: ReceiverError) => void;
  /** Gets events whose id is no asset event; the same as `.on('unknown', …)`. */
  readonly onUnknown?: (event: UnknownEvent) => void | Promise<void>;
  /** Gets what was put into quarantine, with the reason; `onError` does not hear of it then. */
  readonly onQuarantine?: (entry: Extract<InboxEntry, { kind: 'junk' }>) => void;
  /** Largest body in bytes, 1 to 104857600. Default 1048576. */
  readonly maxBodyBytes?: number;
  /** Milliseconds a body may take to arrive, 1 to 600000. Default 5000. */
  readonly bodyTimeoutMs?: number;
}

/** Options with defaults filled in. */
export interface ReceiverSettings extends Pick<ReceiverOptions, 'tenants' | 'onUnknown' | 'onQuarantine'> {
  readonly secrets: readonly string[];
  readonly secretParameter: string;
  readonly inbox: Inbox;
  readonly onError: (error: ReceiverError) => void;
  readonly limits: BodyLimits;
}

/** What each option must be, for the message, and the test for it; undefined always passes but for secrets. */
const rules: Readonly<Record<string, readonly [what: string, test: (value: never) => unknown]>> = {
  secrets: [
    'one or more strings of at least 22 characters A-Z a-z 0-9 - _ . ~ (128 bits). Make one with openssl rand -hex 16',
    (value: unknown) => [value].flat().length > 0 && [value].flat().every(isSecret),
  ],
  secretParameter: [
    'a name of A-Z a-z 0-9 - _ .',
    (value: unknown) => typeof value === 'string' && /^[\w.-]+$/.test(value),
  ],
  tenants: [
    'a list of whole numbers',
    (value: unknown) => Array.isArray(value) && value[0] && value.every(Number.isInteger),
  ],
  inbox: ['an object with store', (value: unknown) => isFunction(Object(value).store)],
  onError: ['a function', isFunction],
  onUnknown: ['a function', isFunction],
  onQuarantine: ['a function', isFunction],
  maxBodyBytes: count(104_857_600),
  bodyTimeoutMs: count(600_000),
};

/** Fills in defaults and refuses what cannot be used. */
export function readOptions(options: ReceiverOptions): ReceiverSettings {
  const known = Object.keys(rules);
  if (Object(options) !== options) throw bad(`it takes an object of options, not ${typeof options}`);
  for (const [name, value] of [...Object.entries(options), ['secrets', options.secrets] as const]) {
    const rule = rules[name];
    if (!rule) throw bad(`no option ${name}; did you mean ${nearest(name, known)}? There are ${known.join(', ')}`);
    // Each test takes what may be there.
    if ((value !== undefined || name === 'secrets') && !rule[1](value as never))
      throw bad(`${name} must be ${rule[0]}`);
  }
  const { secretParameter = 'key', inbox = createMemoryInbox(), onError = report } = options;
  const { secrets, maxBodyBytes = 1_048_576, bodyTimeoutMs = 5_000, ...rest } = options;
  const limits = { maxBodyBytes, bodyTimeoutMs };
  return { ...rest, secrets: [secrets].flat(), secretParameter, inbox, onError, limits };
}

function count(most: number): readonly [string, (value: never) => unknown] {
  return [`a whole number from 1 to ${most}`, (value) => Number.isInteger(value) && value >= 1 && value <= most];
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function bad(message: string): ReceiverError {
  return new ReceiverError('receiver/bad-option', `createReceiver: ${message}.`);
}

/** Silence would hide lost deliveries from whoever has not set onError. */
function report(error: ReceiverError): void {
  // biome-ignore lint/suspicious/noConsole: the only voice a library has when nobody gave it another
  console.warn(`[hubex receiver] ${error.code}: ${error.message}`);
}
