import { type Acknowledgement, acknowledge, type Verdict } from './acknowledgement.ts';
import { type EventKey, type Handler, Handlers } from './handlers.ts';
import type { InboxEntry } from './inbox.ts';
import type { Incoming } from './incoming.ts';
import { type ReceiverOptions, readOptions } from './options.ts';
import { parseDelivery } from './parse-delivery.ts';
import { ReceiverError, type ReceiverErrorCode } from './receiver-error.ts';

/** Receives deliveries; an adapter connects it to a server. */
export interface Receiver {
  /** Registers the handler of an event: by name, by id, `unknown` for all ids that are no asset event, `*` for everything. */
  on<Key extends EventKey>(event: Key, handler: Handler<Key>): Receiver;
  /** Checks, stores and answers one request. Adapters call this. Never rejects. */
  receive(request: Incoming): Promise<Acknowledgement>;
  /** Resolves when no handler is running. */
  idle(): Promise<void>;
}

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
  const { hasSecret, inbox, onError, limits } = readOptions(options);
  const handlers = new Handlers();
  const running = new Set<Promise<void>>();

  const complain = (code: ReceiverErrorCode, message: string, cause?: unknown): void => {
    try {
      onError(new ReceiverError(code, message, cause === undefined ? undefined : { cause }));
    } catch {
      // An onError that throws must not cost the sender his answer, and there is nobody left to tell.
    }
  };
  const dispatch = (entry: Extract<InboxEntry, { kind: 'event' }>): void => {
    const { event } = entry;
    const failed = (cause: unknown): void =>
      complain('receiver/handler-failed', `The handler for ${event.name} failed for asset ${event.assetId}.`, cause);
    // HubEx gets its answer first; handlers start when the stack is clear.
    const work = Promise.resolve()
      .then(() => handlers.run(event, failed))
      .finally(() => running.delete(work));
    running.add(work);
  };
  const decide = async (request: Incoming): Promise<Verdict> => {
    if (!hasSecret(request.url)) return 'wrong-secret';
    if (request.method.toUpperCase() !== 'POST') return 'probe';
    handlers.close();
    const body = await request.readBody(limits);
    if (body.kind !== 'body') {
      if (body.kind === 'consumed')
        complain(
          'receiver/body-consumed',
          'Something read the body before the receiver and left nothing. Put the receiver before other body readers.',
        );
      else complain('receiver/body-incomplete', `The body of a delivery was ${body.kind}.`);
      return body.kind;
    }
    const parsed = parseDelivery(body.body);
    const receivedAt = Date.now();
    const entry: InboxEntry = parsed.ok
      ? { kind: 'event', event: parsed.event, receivedAt }
      : { kind: 'junk', reason: parsed.reason, text: parsed.text, receivedAt };
    try {
      await inbox.store(entry);
    } catch (cause) {
      complain('receiver/inbox-failed', 'The inbox could not store a delivery; HubEx was answered 503.', cause);
      return 'not-stored';
    }
    if (entry.kind === 'event') {
      dispatch(entry);
      return 'stored';
    }
    complain('receiver/junk-body', `A delivery was put into quarantine: ${entry.reason}`);
    return 'quarantined';
  };

  const receiver: Receiver = {
    on(event, handler) {
      handlers.add(event, handler);
      return receiver;
    },
    async receive(request) {
      try {
        return acknowledge(await decide(request));
      } catch (cause) {
        complain('receiver/body-incomplete', 'Reading a delivery failed.', cause);
        return acknowledge('incomplete');
      }
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
  return receiver;
}
