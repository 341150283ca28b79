import type { HubexEvent } from '@hubex-kit/contract';
import { type Acknowledgement, acknowledge, type Verdict } from './acknowledgement.ts';
import type { SecretCheck } from './authenticity/secrets.ts';
import type { Inbox, InboxEntry } from './inbox.ts';
import type { BodyLimits, Incoming } from './incoming.ts';
import { type JunkDelivery, parseDelivery } from './parse-delivery.ts';

/** What an intake stands on. */
export interface IntakeSettings {
  /** Whether an address carries a secret: `createSecretCheck`. */
  readonly hasSecret: SecretCheck;
  /** Where deliveries go before HubEx gets its answer. */
  readonly inbox: Inbox;
  /** How much body is read, and for how long. */
  readonly limits: BodyLimits;
  /** Default: parseDelivery. */
  readonly parse?: (body: unknown) => HubexEvent | JunkDelivery;
  /** Hears of every request that had a secret, once it is decided: with the entry if there was one, with the cause if something failed. */
  readonly onDecided?: (verdict: Verdict, entry: InboxEntry | undefined, cause: unknown) => void;
}

/** Checks, stores and answers one request. Never rejects. */
export type Intake = (request: Incoming) => Promise<Acknowledgement>;

/**
 * The receiver without its comforts, for places where bytes count: checks the secret, understands and stores what came, answers.
 * `createReceiver` is this with handlers, hooks and checked options.
 */
export function createIntake({ hasSecret, inbox, limits, parse = parseDelivery, onDecided }: IntakeSettings): Intake {
  return async ({ method, url, readBody }) => {
    if (!hasSecret(url)) return acknowledge('wrong-secret');
    let verdict: Verdict = 'probe';
    let entry: InboxEntry | undefined;
    let failure: unknown;
    try {
      // Whatever may carry a body is a delivery; the others look whether the address is alive.
      if (!/^(GET|HEAD|OPTIONS|DELETE)$/.test(method)) {
        verdict = 'incomplete';
        const read = await readBody(limits);
        if (read.kind === 'body') {
          verdict = 'not-stored';
          entry = toEntry(read.body, parse(read.body));
          await inbox.store(entry);
          verdict = entry.kind === 'event' ? 'stored' : 'quarantined';
        } else verdict = read.kind;
      }
    } catch (cause) {
      failure = cause;
    }
    onDecided?.(verdict, entry, failure);
    return acknowledge(verdict);
  };
}

function toEntry(body: unknown, event: HubexEvent | JunkDelivery): InboxEntry {
  const receivedAt = Date.now();
  if (event.name !== 'junk') return { kind: 'event', event, receivedAt };
  let text = body;
  try {
    // What a parser has made of a body came from JSON, so it goes back; bytes do not, and are for a look only.
    if (typeof body !== 'string')
      text = body instanceof Uint8Array ? new TextDecoder().decode(body) : JSON.stringify(body);
  } catch (cause) {
    // Too deep, or never JSON: no reason to refuse it.
    text = cause;
  }
  return { kind: 'junk', reason: `${event.reason}`, text: `${text}`, receivedAt };
}
