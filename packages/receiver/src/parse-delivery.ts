import type { HubexEvent } from '@hubex-kit/contract';
import { eventNames, firstEventId } from '@hubex-kit/contract/deliveries';

/** A body that is no delivery. */
export interface JunkDelivery {
  readonly name: 'junk';
  /** The field at fault (`EventID`, `TenantID`, `AssetID`), or what was thrown when the body was read as JSON. */
  readonly reason: unknown;
}

/**
 * Understands a delivery in whatever form it is at hand: text, bytes, or an object that some parser has made already (nothing is
 * signed, so nothing is lost). Property names may have any case, fields may be null or absent, unknown fields are kept, and so is an
 * EventID the spec does not know. Checks the three ids a receiver acts on; `validateDelivery` of the contract checks every field.
 * Never throws. Written to be small: edge functions pay for every byte.
 *
 * @example
 * const event = parseDelivery(await request.text());
 * if (event.name === 'asset.deleted') forget(event.assetId);
 */
// biome-ignore lint/suspicious/noExplicitAny: takes anything; whatever throws below is junk
export function parseDelivery(body: any): HubexEvent | JunkDelivery {
  try {
    // Text and bytes have a function of this name; nothing that came from JSON has a function. trim also takes a byte order mark off.
    if (typeof body.slice === 'function') body = JSON.parse(body.trim?.() ?? new TextDecoder().decode(body));
    // Reading a field by a fixed name is much faster than by a variable one, hence the argument.
    const read = (name: string, id: number | null | undefined, required?: number | string): number | null => {
      // Missing or null: whatever the name has in other cases, the first that is not null. Over null a loop does nothing.
      for (const key in id == null ? body : null) if (key.toLowerCase() === name.toLowerCase()) id ??= body[key];
      if (id == null ? required : id !== ~~id) throw name;
      return id ?? null;
    };
    const id = read('EventID', body.EventID);
    // null minus a number is a negative number, for which there is no name.
    const name = eventNames[(id as number) - firstEventId];
    // The catalogue ties id and name together, and the numbers have been checked. The order is the one that compresses best.
    return {
      name: name ?? 'unknown',
      assetId: read('AssetID', body.AssetID, name),
      tenantId: read('TenantID', body.TenantID, 1),
      payload: body,
      id,
    } as HubexEvent;
  } catch (reason) {
    return { name: 'junk', reason };
  }
}
