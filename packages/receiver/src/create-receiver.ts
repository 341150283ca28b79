import type { HubexEvent } from '@hubex-kit/contract';
import type { Acknowledgement, Verdict } from './acknowledgement.ts';
import { createSecretCheck } from './authenticity/secrets.ts';
import { type EventKey, type Handler, Handlers } from './handlers.ts';
import type { Inbox, InboxEntry } from './inbox.ts';
import type { Incoming } from './incoming.ts';
import { createIntake } from './intake.ts';
import { type ReceiverOptions, readOptions } from './options.ts';
import { parseDelivery } from './parse-delivery.ts';
import { ReceiverError, type ReceiverErrorCode } from './receiver-error.ts';

/** Receives deliveries; an adapter connects it to a server. */
export interface Receiver {
  /** Where deliveries are kept, as it was given. */
  readonly inbox: Inbox;
  /** Registers the handler of an event: by name, by id, `unknown` for all ids that are no asset event, `*` for everything. */
  on<Key extends EventKey>(event: Key, handler: Handler<Key>): Receiver;
  /** Checks, stores and answers one request. Adapters call this. Never rejects. */
  receive(request: Incoming): Promise<Acknowledgement>;
  /** Resolves when no handler is running. */
  idle(): Promise<void>;
}

/** What to tell about the requests that did not end in the inbox. */
const complaints: Partial<Record<Verdict, readonly [ReceiverErrorCode, string]>> = {
  consumed: [
    'receiver/body-consumed',
    'Something read the body before the receiver and left nothing. Put the receiver before other body readers.',
  ],
  'not-stored': ['receiver/inbox-failed', 'The inbox could not store a delivery; HubEx was answered 503.'],
  incomplete: ['receiver/body-incomplete', 'The body of a delivery ended early or could not be read.'],
  'too-large': ['receiver/body-incomplete', 'The body of a delivery was larger than maxBodyBytes.'],
  'too-slow': ['receiver/body-incomplete', 'The body of a delivery took longer than bodyTimeoutMs.'],
};

/**
 * Makes a receiver: it lets in whoever has a secret, keeps what he sends, answers, and then runs your handlers. A delivery is only
 * a hint that an asset has changed: read the asset's state from the API.
 *
 * @throws ReceiverError for options that cannot be used.
 * @example
 * const receiver = createReceiver({ secrets: process.env.HUBEX_WEBHOOK_SECRET })
 *   .on('asset.created', async ({ assetId }) => sync(assetId))
 *   .on('unknown', ({ id, payload }) => log(id, payload));
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  const { secrets, secretParameter, onError, onUnknown, onQuarantine, tenants, ...settings } = readOptions(options);
  const handlers = new Handlers();
  const running = new Set<Promise<void>>();

  const complain = (code: ReceiverErrorCode, message: string, cause?: unknown): void => {
    try {
      onError(new ReceiverError(code, message, cause === undefined ? undefined : { cause }));
    } catch {
      // An onError that throws must not cost the sender his answer, and there is nobody left to tell.
    }
  };
  const dispatch = (event: HubexEvent): void => {
    for (const handler of handlers.of(event)) {
      // HubEx gets its answer first; handlers start when the stack is clear. What they throw ends here.
      const work = Promise.resolve(event)
        .then(handler)
        .catch((cause) =>
          complain(
            'receiver/handler-failed',
            `The handler for ${event.name} failed for asset ${event.assetId}.`,
            cause,
          ),
        )
        .then(() => void running.delete(work));
      running.add(work);
    }
  };
  const quarantine = (entry: Extract<InboxEntry, { kind: 'junk' }>): void => {
    try {
      if (onQuarantine) onQuarantine(entry);
      else complain('receiver/junk-body', `A delivery was put into quarantine (${entry.reason}).`);
    } catch (cause) {
      complain('receiver/handler-failed', 'onQuarantine failed.', cause);
    }
  };
  const intake = createIntake({
    ...settings,
    parse(body) {
      const event = parseDelivery(body);
      if (event.name === 'junk' || !tenants || tenants.includes(event.tenantId)) return event;
      return { name: 'junk', reason: `TenantID ${event.tenantId} is not among tenants` };
    },
    hasSecret: createSecretCheck(secrets, secretParameter),
    onDecided(verdict, entry, cause) {
      const complaint = complaints[verdict];
      if (complaint) complain(...complaint, cause);
      else if (entry?.kind === 'event') dispatch(entry.event);
      else if (entry) quarantine(entry);
    },
  });

  const receiver: Receiver = {
    inbox: settings.inbox,
    on(event, handler) {
      handlers.add(event, handler);
      return receiver;
    },
    receive(request) {
      handlers.close();
      return intake(request);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
  return onUnknown ? receiver.on('unknown', onUnknown) : receiver;
}
