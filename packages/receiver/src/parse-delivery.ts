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
    // No bytes at all are junk in any case.
    if (body.byteLength) body = new TextDecoder().decode(body);
    // trim also takes a byte order mark off.
    if (body.trim) body = JSON.parse(body.trim());
    // Reading a field by a fixed name is much faster than by a variable one, hence the argument.
    const read = (id: number | null | undefined, name: string, required?: number | string): number | null => {
      // A name that is not there at all leads to undefined, as it should.
      id ??= body[Object.keys(body).find((key) => key.toLowerCase() === name.toLowerCase()) as string];
      if (id == null ? required : id !== (id | 0)) throw name;
      return id ?? null;
    };
    const id = read(body.EventID, 'EventID');
    // null minus a number is a negative number, for which there is no name.
    const name = eventNames[(id as number) - firstEventId];
    // The catalogue ties id and name together, and the numbers have been checked.
    return {
      name: name ?? 'unknown',
      id,
      assetId: read(body.AssetID, 'AssetID', name),
      payload: body,
      tenantId: read(body.TenantID, 'TenantID', 1),
    } as HubexEvent;
  } catch (reason) {
    return { name: 'junk', reason };
  }
}
