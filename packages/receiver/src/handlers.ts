import type { AssetEvent, AssetEventId, AssetEventName, HubexEvent, UnknownEvent } from '@hubex-kit/contract';
import { eventNames, firstEventId } from '@hubex-kit/contract/deliveries';
import { nearest } from '@hubex-kit/contract/nearest';
import { ReceiverError, type ReceiverErrorCode } from './receiver-error.ts';

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

const keys: readonly string[] = [...eventNames, 'unknown', '*'];

/** Handlers by event name. */
export class Handlers {
  readonly #byName: Map<string, (event: HubexEvent) => void | Promise<void>> = new Map();
  #closed = false;

  /** @throws ReceiverError for an event there is not, a second handler of one event, and once deliveries have begun. */
  add<Key extends EventKey>(key: Key, handler: Handler<Key>): void {
    const name: string | undefined = typeof key === 'number' ? eventNames[key - firstEventId] : String(key);
    const refusal = (code: ReceiverErrorCode, why: string): ReceiverError =>
      new ReceiverError(code, `receiver.on(${JSON.stringify(key)}): ${why}.`);
    if (!name || !keys.includes(name))
      throw refusal(
        'receiver/bad-option',
        `there is no such event; did you mean ${nearest(String(key), keys)}? 'unknown' gets the events of every other id`,
      );
    if (typeof handler !== 'function') throw refusal('receiver/bad-option', 'the handler must be a function');
    if (this.#closed)
      throw refusal('receiver/too-late', 'deliveries have come already; register before the server listens');
    if (this.#byName.has(name)) throw refusal('receiver/duplicate-handler', 'it has a handler; do both things in one');
    // The name decides which event the handler gets, which is what its type says.
    this.#byName.set(name, handler as (event: HubexEvent) => void | Promise<void>);
  }

  /** From the first delivery on nothing can be added: it would have missed events. */
  close(): void {
    this.#closed = true;
  }

  /** The handlers an event goes to: its own and the one for all. */
  of({ name }: HubexEvent): readonly ((event: HubexEvent) => void | Promise<void>)[] {
    return [name, '*'].flatMap((key) => this.#byName.get(key) ?? []);
  }
}
