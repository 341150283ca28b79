import { deliveryBody } from '@hubex-kit/simulator';

/** What a delivery shall say. */
export interface DeliveryWish {
  /** 40 created, 41 changed, 42 deleted, 43 published, 44 unpublished; any other number is an event the spec does not know. */
  readonly eventId: number;
  readonly assetId: number;
  /** Default 105. */
  readonly tenantId?: number;
  /** How fields without a value are sent (B143). Default `null`, as HubEx is assumed to. */
  readonly emptyFields?: 'null' | 'omitted';
  /** Fields to add or to replace, in HubEx's spelling: `{ UserID: 7 }`. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** The body HubEx posts for an event, as an object. */
export function buildDelivery(wish: DeliveryWish): Readonly<Record<string, unknown>> {
  const { eventId, assetId, tenantId = 105, emptyFields = 'null', fields } = wish;
  const switches = { deliveryEmptyFields: emptyFields, deliveryCompanyId: false } as const;
  return { ...JSON.parse(deliveryBody({ eventId, assetId, tenantId, companyId: 0 }, switches)), ...fields };
}

/** The same as the request your receiver gets. */
export function deliveryRequest(wish: DeliveryWish, options: { readonly url?: string } = {}): Request {
  const { url = 'https://receiver.test/hook' } = options;
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(buildDelivery(wish)) });
}
