export type {
  AssetEvent,
  AssetEventId,
  AssetEventName,
  Delivery,
  HubexEvent,
  UnknownEvent,
} from '@hubex-kit/contract';
export type { Acknowledgement, Verdict } from './acknowledgement.ts';
export { redactUrl } from './authenticity/redact-url.ts';
export { createReceiver, type Receiver } from './create-receiver.ts';
export type { EventKey, EventOf, Handler } from './handlers.ts';
export { createMemoryInbox, type Inbox, type InboxEntry, type MemoryInbox } from './inbox.ts';
export type { BodyLimits, Incoming, IncomingBody } from './incoming.ts';
export { type ExhaustiveCases, type LenientCases, match } from './match.ts';
export type { ReceiverOptions } from './options.ts';
export { type JunkDelivery, parseDelivery } from './parse-delivery.ts';
export { ReceiverError, type ReceiverErrorCode } from './receiver-error.ts';
