import type { Clock } from '../clock.ts';
import { redactUri } from '../outbox/address.ts';
import { BodyHash } from './body-hash.ts';
import type { KeptRequest } from './request-record.ts';

/** Bytes of a request's body, or characters of a reply, above which it is not kept. */
const longest = 4_096;

/** Services whose bodies hold no credentials but the addresses in those of MSG. Not among them: AUTHZ, and ADM, whose variables may be secrets. */
const open: ReadonlySet<string> = new Set(['ES', 'MSG', 'COMMON', 'IMPORT', 'EXPORT']);

type KeptSent = Pick<KeptRequest, 'sent' | 'hash'>;

const nothing: KeptSent = { sent: null, hash: null };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * What the journal keeps of the body of a request, as it came: its text if it is short, its hash if that cannot be told from the text. The
 * hash is worked out when others had their turn on `clock`.
 */
export function keptSent(
  bytes: Uint8Array | undefined,
  { service, clock }: { service: string | undefined; clock: Clock },
): KeptSent {
  if (!bytes || bytes.byteLength === 0 || service === undefined || !open.has(service)) return nothing;
  const hashed = (body: Uint8Array): KeptSent => ({ sent: null, hash: new BodyHash(body, clock) });
  // A workbook is no text, however small.
  if (service === 'IMPORT') return hashed(bytes);
  if (bytes.byteLength > longest) {
    if (service !== 'MSG') return hashed(bytes);
    const redacted = withoutAddresses(decoder.decode(bytes));
    return redacted === null ? nothing : hashed(new TextEncoder().encode(redacted));
  }
  const sent = decoder.decode(bytes);
  // What is no UTF-8 is shown as far as it can be, but hashed as it came.
  return service !== 'MSG' && sent.includes('\uFFFD') ? { ...hashed(bytes), sent } : { sent, hash: null };
}

/** What the journal keeps of the body of a reply: a text of at most 4,096 characters. Costs nothing, because the text is there already. */
export function keptReply(body: string | Uint8Array | undefined, service: string | undefined): string | null {
  // An address that is no operation is answered by the mock alone, which has no credentials to give away.
  if (typeof body !== 'string' || body.length > longest || !(service === undefined || open.has(service))) return null;
  return body;
}

/** The kept body of a request as it may be shown: its addresses redacted. */
export function shownSent({ service, sent }: Pick<KeptRequest, 'service' | 'sent'>): string | null {
  return service === 'MSG' && sent !== null ? withoutAddresses(sent) : sent;
}

/** The kept body of a reply as it may be shown. */
export function shownReply(kept: KeptRequest): string | null {
  const { service, sent, requestSize, reply, status } = kept;
  if (service !== 'MSG' || reply === null) return reply;
  // A refusal quotes what it could not read; what was not kept may have been such a thing.
  const isQuoting = status >= 400 && requestSize > 0 && (sent === null || withoutAddresses(sent) === null);
  return isQuoting ? null : withoutAddresses(reply);
}

/** The same JSON with its addresses redacted, however they are written; null for what is no JSON, where none can be found. */
function withoutAddresses(text: string): string | null {
  const redact = (name: string, value: unknown): unknown =>
    name.toLowerCase() === 'uri' && typeof value === 'string' ? redactUri(value) : value;
  try {
    return JSON.stringify(JSON.parse(text, redact));
  } catch {
    return null;
  }
}
