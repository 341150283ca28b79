import type { Delivery, HubexEvent } from '@hubex-kit/contract';
import { eventById } from '@hubex-kit/contract/events';
import { validateDelivery } from '@hubex-kit/contract/validators';

/** A delivery that was understood, or why it was not. `text` is the body as far as there is one. */
export type ParsedDelivery =
  | { readonly ok: true; readonly event: HubexEvent }
  | { readonly ok: false; readonly reason: string; readonly text: string };

const names = [
  'TenantID',
  'TaskID',
  'AssetID',
  'TaskConversationID',
  'TenantMemberID',
  'AccountID',
  'UserID',
  'CompanyID',
  'EventID',
  'TaskStageID',
];
const byLowerCase: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  names.map((name) => [name.toLowerCase(), name]),
);

/**
 * Understands a delivery in whatever form it is at hand: text, bytes, or an object that some parser has made already (nothing is
 * signed, so nothing is lost). Property names may have any case, fields may be null or absent, unknown fields are kept.
 * Never throws.
 */
export function parseDelivery(input: unknown): ParsedDelivery {
  const text = typeof input === 'string' ? input : isBytes(input) ? new TextDecoder().decode(input) : undefined;
  let value = input;
  if (text !== undefined) {
    try {
      value = JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch {
      return { ok: false, reason: text.trim() === '' ? 'The body is empty.' : 'The body is not JSON.', text };
    }
  }
  const shown = text ?? show(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: 'A delivery is one JSON object.', text: shown };
  }
  const checked = validateDelivery('TenantID' in value && 'EventID' in value ? value : rename(value));
  if (!checked.ok) return { ok: false, reason: checked.issues.map(({ message }) => message).join(' '), text: shown };
  return toEvent(checked.value, shown);
}

function toEvent(payload: Delivery, text: string): ParsedDelivery {
  const { TenantID: tenantId, AssetID: assetId = null, EventID: id = null } = payload;
  const known = id === null ? undefined : eventById(id);
  if (!known) return { ok: true, event: { name: 'unknown', id, tenantId, assetId, payload } };
  if (assetId === null)
    return { ok: false, reason: `A delivery of event ${id} names its asset; AssetID is missing.`, text };
  // The catalogue ties id and name together, and the payload has been checked for both.
  return { ok: true, event: { name: known.name, id: known.id, tenantId, assetId, payload } as HubexEvent };
}

function rename(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [byLowerCase.get(name.toLowerCase()) ?? name, field]),
  );
}

function isBytes(input: unknown): input is Uint8Array | ArrayBuffer {
  return ArrayBuffer.isView(input) || input instanceof ArrayBuffer;
}

function show(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
