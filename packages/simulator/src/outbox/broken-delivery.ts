import type { DeliveryFault } from '../faults/delivery-fault.ts';
import type { Randomness } from '../randomness.ts';
import type { Transmission } from '../transmission/transmission.ts';

/** The body a fault makes of a delivery's; faults of other parts leave it as it is. */
export function breakBody(body: string, context: { fault: DeliveryFault; randomness: Randomness }): string {
  const { fault, randomness } = context;
  switch (fault.kind) {
    case 'invalid-json':
      return body.slice(0, -1);
    case 'empty-body':
      return '';
    case 'byte-order-mark':
      return `\uFEFF${body}`;
    case 'wrong-type':
      return changed(body, (fields) => ({ ...fields, [fault.field]: retyped(fields[fault.field], fault.as) }));
    case 'unknown-event':
      return changed(body, (fields) => ({ ...fields, EventID: fault.eventId }));
    case 'foreign-tenant':
      return changed(body, (fields) => ({ ...fields, TenantID: fault.tenantId }));
    case 'extra-fields':
      return changed(body, (fields) => ({
        ...fields,
        ...Object.fromEntries(fault.names.map((name) => [name, randomness.letters(12)])),
      }));
    case 'missing-fields':
      return changed(body, (fields) =>
        Object.fromEntries(Object.entries(fields).filter(([name]) => !fault.names.includes(name))),
      );
    case 'property-case':
      return changed(body, (fields) =>
        Object.fromEntries(Object.entries(fields).map(([name, value]) => [recased(name, fault.style), value])),
      );
    case 'batch':
      return `[${Array.from({ length: fault.size }, () => body).join(',')}]`;
    default:
      return body;
  }
}

/** How a fault sends a call of `length` bytes; undefined for faults of other parts and for an answer that is lost. */
export function transmissionOf(fault: DeliveryFault, length: number): Transmission | undefined {
  const half = Math.floor(length / 2);
  switch (fault.kind) {
    case 'truncated-body':
      return { kind: 'cut', afterBytes: fault.afterBytes ?? half };
    case 'connection-reset':
      return { kind: 'reset', afterBytes: fault.afterBytes ?? half };
    case 'slow-body':
      return { kind: 'slow', bytesPerSecond: fault.bytesPerSecond };
    case 'silence':
      return { kind: 'silence', afterBytes: fault.afterBytes };
    case 'chunked-body':
      return { kind: 'chunked' };
    default:
      return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Only deliveries of events come here: their body is an object of ten fields, which a fault before this one cannot have changed. */
function changed(body: string, change: (fields: Fields) => Fields): string {
  return JSON.stringify(change(JSON.parse(body)));
}

function retyped(value: unknown, as: Extract<DeliveryFault, { kind: 'wrong-type' }>['as']): unknown {
  switch (as) {
    case 'text':
      return String(value ?? '');
    case 'fraction':
      return Number(value ?? 0) + 0.5;
    case 'boolean':
      return true;
    case 'list':
      return [value ?? null];
    case 'object':
      return { ID: value ?? null };
    default:
      return as satisfies never;
  }
}

/** TenantID becomes tenantID, tenantid or TENANTID. */
function recased(name: string, style: Extract<DeliveryFault, { kind: 'property-case' }>['style']): string {
  if (style === 'lower') return name.toLowerCase();
  if (style === 'upper') return name.toUpperCase();
  return name.charAt(0).toLowerCase() + name.slice(1);
}
