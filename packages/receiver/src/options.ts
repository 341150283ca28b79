import { createSecretCheck, type SecretCheck } from './authenticity/secrets.ts';
import { createMemoryInbox, type Inbox } from './inbox.ts';
import { ReceiverError } from './receiver-error.ts';

/** How to receive. */
export interface ReceiverOptions {
  /** Active secrets, at least 22 URL-safe characters each: a query value or a path segment of the webhook's address. */
  readonly secrets: string | readonly string[];
  /** Query parameter that carries the secret. Default `key`. */
  readonly secretParameter?: string;
  /** Where deliveries are kept before HubEx gets its answer. Default: memory. */
  readonly inbox?: Inbox;
  /** Told about junk bodies, failing handlers and a failing inbox. Default: one line on the console. */
  readonly onError?: (error: ReceiverError) => void;
  /** Largest body in bytes, 1 to 104857600. Default 1048576. */
  readonly maxBodyBytes?: number;
  /** Milliseconds a body may take to arrive, 1 to 600000. Default 5000. */
  readonly bodyTimeoutMs?: number;
}

/** Options with defaults filled in. */
export interface ReceiverSettings {
  readonly hasSecret: SecretCheck;
  readonly inbox: Inbox;
  readonly onError: (error: ReceiverError) => void;
  readonly limits: BodyLimits;
}

/** How much body, and for how long. */
export interface BodyLimits {
  readonly maxBodyBytes: number;
  readonly bodyTimeoutMs: number;
}

const names = ['secrets', 'secretParameter', 'inbox', 'onError', 'maxBodyBytes', 'bodyTimeoutMs'];

/** Fills in defaults and refuses what cannot be used. */
export function readOptions(options: ReceiverOptions): ReceiverSettings {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown) throw bad(`createReceiver has no option ${unknown}; it takes ${names.join(', ')}.`);
  const { secrets, secretParameter = 'key', maxBodyBytes = 1_048_576, bodyTimeoutMs = 5_000 } = options;
  if (!isCount(maxBodyBytes, 104_857_600)) throw bad('maxBodyBytes must be a whole number from 1 to 104857600.');
  if (!isCount(bodyTimeoutMs, 600_000)) throw bad('bodyTimeoutMs must be a whole number from 1 to 600000.');
  return {
    hasSecret: createSecretCheck(typeof secrets === 'string' ? [secrets] : (secrets ?? []), secretParameter),
    inbox: options.inbox ?? createMemoryInbox(),
    onError: options.onError ?? report,
    limits: { maxBodyBytes, bodyTimeoutMs },
  };
}

function isCount(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

function bad(message: string): ReceiverError {
  return new ReceiverError('receiver/bad-option', message);
}

/** Silence would hide lost deliveries from whoever has not set onError. */
function report(error: ReceiverError): void {
  // biome-ignore lint/suspicious/noConsole: the only voice a library has when nobody gave it another
  console.warn(`[hubex receiver] ${error.code}: ${error.message}`);
}
