import type { AssetEvent, AssetEventId, AssetEventName, HubexEvent, UnknownEvent } from '@hubex-kit/contract';
import { eventById } from '@hubex-kit/contract/events';
import { ReceiverError } from './receiver-error.ts';

/** What can be listened to: an asset event by name or id, every other event, or all of them. */
export type EventKey = AssetEventName | AssetEventId | 'unknown' | '*';

/** The event a handler of this key gets. */
export type EventOf<Key extends EventKey> = Key extends '*'
  ? HubexEvent
  : Key extends 'unknown'
    ? UnknownEvent
    : Extract<AssetEvent, { readonly name: Key } | { readonly id: Key }>;

/** Does something about an event. What it throws goes to `onError`; HubEx has its answer by then. */
export type Handler<Key extends EventKey = EventKey> = (event: EventOf<Key>) => void | Promise<void>;

/** Handlers by event name. */
export class Handlers {
  readonly #byName: Map<string, (event: HubexEvent) => void | Promise<void>> = new Map();
  #closed = false;

  /** @throws ReceiverError for a second handler of one event, and once deliveries have begun. */
  add<Key extends EventKey>(key: Key, handler: Handler<Key>): void {
    const name: string | undefined = typeof key === 'number' ? eventById(key)?.name : String(key);
    if (name === undefined) {
      throw new ReceiverError(
        'receiver/bad-option',
        `There is no asset event ${key}; listen to 'unknown' for other ids.`,
      );
    }
    if (this.#closed) {
      throw new ReceiverError(
        'receiver/too-late',
        `The handler for ${name} came after the first delivery; register handlers before the server listens.`,
      );
    }
    if (this.#byName.has(name)) {
      throw new ReceiverError(
        'receiver/duplicate-handler',
        `There is a handler for ${name} already; do both things in one.`,
      );
    }
    // The name decides which event the handler gets, which is what its type says.
    this.#byName.set(name, handler as (event: HubexEvent) => void | Promise<void>);
  }

  /** From the first delivery on nothing can be added: it would have missed events. */
  close(): void {
    this.#closed = true;
  }

  /** Runs the handler of the event and the one for all events. */
  async run(event: HubexEvent, onFailure: (cause: unknown) => void): Promise<void> {
    for (const name of [event.name, '*']) {
      try {
        await this.#byName.get(name)?.(event);
      } catch (cause) {
        onFailure(cause);
      }
    }
  }
}
