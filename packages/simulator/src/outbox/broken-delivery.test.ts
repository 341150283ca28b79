import { expect, test } from 'vitest';
import { createManualClock } from '../clock.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import type { AskedRule } from '../faults/fault-rule.ts';
import { breakBody, transmissionOf } from './broken-delivery.ts';
import { deliveryBody } from './delivery-body.ts';

const body = deliveryBody(
  { tenantId: 105, assetId: 101, eventId: 41, companyId: 1 },
  { deliveryEmptyFields: 'null', deliveryCompanyId: false },
);
const [before, after] = [
  '{"TenantID":105,"TaskID":null,',
  ',"TaskConversationID":null,"TenantMemberID":null,',
] as const;
const rest = '"AccountID":null,"UserID":null,"CompanyID":null,"EventID":41,"TaskStageID":null}';

type Asked = (AskedRule & { on: 'delivery' })['fault'];

function broken(fault: Asked): string {
  const plan = new FaultPlan({ seed: 1, clock: createManualClock(0) });
  const { fault: whole } = plan.add({ on: 'delivery', fault });
  const delivery = { eventId: 41, assetId: 101, webhookId: 1 };
  const hit = plan.forDelivery(delivery)[0] ?? plan.forAttempt(delivery);
  expect(hit?.fault).toEqual(whole);
  return hit ? breakBody(body, hit) : '';
}

test.each<[Asked, string]>([
  ['invalid-json', body.slice(0, -1)],
  ['empty-body', ''],
  ['byte-order-mark', `\uFEFF${body}`],
  ['wrong-type', `${before}"AssetID":"101"${after}${rest}`],
  [{ kind: 'wrong-type', as: 'fraction' }, `${before}"AssetID":101.5${after}${rest}`],
  [{ kind: 'wrong-type', as: 'boolean' }, `${before}"AssetID":true${after}${rest}`],
  [{ kind: 'wrong-type', as: 'list' }, `${before}"AssetID":[101]${after}${rest}`],
  [{ kind: 'wrong-type', as: 'object' }, `${before}"AssetID":{"ID":101}${after}${rest}`],
  [{ kind: 'wrong-type', field: 'EventID' }, body.replace('"EventID":41', '"EventID":"41"')],
  ['unknown-event', body.replace('"EventID":41', '"EventID":250')],
  ['foreign-tenant', body.replace('"TenantID":105', '"TenantID":999999')],
  ['missing-fields', '{"TenantID":105,"AssetID":101,"EventID":41}'],
  [{ kind: 'missing-fields', names: ['AssetID'] }, body.replace('"AssetID":101,', '')],
  ['batch', `[${body}]`],
  [{ kind: 'batch', size: 2 }, `[${body},${body}]`],
  [
    'property-case',
    '{"tenantID":105,"taskID":null,"assetID":101,"taskConversationID":null,"tenantMemberID":null,"accountID":null,"userID":null,"companyID":null,"eventID":41,"taskStageID":null}',
  ],
  ['wrong-content-type', body],
  ['drop', body],
])('%j makes exactly this body', (fault, expected) => {
  expect(broken(fault)).toBe(expected);
});

test('extra fields hold seeded texts behind the ten', () => {
  const text = broken('extra-fields');
  expect(text).toMatch(/"TaskStageID":null,"DeliveryID":"[A-Za-z0-9]{12}","OccurredAt":"[A-Za-z0-9]{12}"}$/);
  expect(broken('extra-fields')).toBe(text);
});

test.each([
  [
    { kind: 'truncated-body', afterBytes: null },
    { kind: 'cut', afterBytes: 75 },
  ],
  [
    { kind: 'connection-reset', afterBytes: null },
    { kind: 'reset', afterBytes: 75 },
  ],
  [
    { kind: 'connection-reset', afterBytes: 3 },
    { kind: 'reset', afterBytes: 3 },
  ],
  [
    { kind: 'slow-body', bytesPerSecond: 9 },
    { kind: 'slow', bytesPerSecond: 9 },
  ],
  [
    { kind: 'silence', afterBytes: null },
    { kind: 'silence', afterBytes: null },
  ],
  [{ kind: 'chunked-body' }, { kind: 'chunked' }],
  [{ kind: 'lost-answer' }, undefined],
] as const)('%j of 150 bytes is sent as %j', (fault, transmission) => {
  expect(transmissionOf(fault, 150)).toEqual(transmission);
});
