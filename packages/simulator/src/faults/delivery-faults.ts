import { deliveryBody } from '../outbox/delivery-body.ts';
import { bytesOrNull, type Declarations, type FaultParameter } from './declaration.ts';
import type { DeliveryFault } from './delivery-fault.ts';

const holdMs = (standard: number): FaultParameter => ({
  type: 'integer',
  least: 0,
  most: 86_400_000,
  standard,
  what: 'Milliseconds after which it goes out in any case, by the clock of the tenant.',
});

/** The ten fields of a delivery. */
const deliveryFields: readonly string[] = Object.keys(
  JSON.parse(
    deliveryBody(
      { tenantId: 1, assetId: 1, eventId: 40, companyId: 1 },
      { deliveryEmptyFields: 'null', deliveryCompanyId: true },
    ),
  ),
);

/** Every fault of a delivery. Those of the part `wire` are decided for each attempt, all others once for a delivery: a repeated body stays the same. */
export const deliveryFaults: Declarations<DeliveryFault> = {
  drop: {
    part: 'time',
    what: 'It is never sent and nobody is told: HubEx restarted, the webhook was switched off for a moment. Only reconciling finds the change.',
    parameters: {},
  },
  duplicate: {
    part: 'time',
    what: 'It is sent more than once, each copy a delivery of its own: a sender that lost the answer. Every receiver meets it.',
    parameters: {
      copies: { type: 'integer', least: 1, most: 100, standard: 1, what: 'Copies besides the original.' },
    },
  },
  reorder: {
    part: 'time',
    what: 'Deliveries of a webhook overtake each other within a window: parallel senders. 42 may come before 41 of the same asset.',
    parameters: {
      window: {
        type: 'integer',
        least: 2,
        most: 1000,
        standard: 5,
        what: 'It lets at most window - 1 others pass, seeded.',
      },
      ms: holdMs(1000),
    },
  },
  late: {
    part: 'time',
    what: 'It comes long after the event, when newer ones have passed: a queue that was stuck.',
    parameters: {
      others: {
        type: 'integer',
        least: 1,
        most: 100_000,
        orNull: true,
        standard: null,
        what: 'Deliveries of its webhook that pass first; null: it waits for the time only.',
      },
      ms: holdMs(2000),
    },
  },
  'invalid-json': {
    part: 'body',
    what: 'The body lacks its last character, and its length says so: a serialiser that gave up.',
    parameters: {},
  },
  'empty-body': { part: 'body', what: 'A POST without a body: a proxy that lost it.', parameters: {} },
  'wrong-type': {
    part: 'body',
    only: 'events',
    what: 'A field has another type: a new version of HubEx, or a proxy that rewrites numbers.',
    parameters: {
      field: { type: 'choice', values: deliveryFields, standard: 'AssetID', what: 'The field.' },
      as: {
        type: 'choice',
        values: ['text', 'fraction', 'boolean', 'list', 'object'],
        standard: 'text',
        what: 'What it becomes; text is the same number in quotes.',
      },
    },
  },
  'unknown-event': {
    part: 'body',
    only: 'events',
    what: 'An EventID that no catalogue knows: HubEx adds events without notice.',
    parameters: {
      eventId: { type: 'integer', least: 0, most: 2_147_483_647, standard: 250, what: 'The EventID sent.' },
    },
  },
  'extra-fields': {
    part: 'body',
    only: 'events',
    what: 'Fields that nobody announced: a newer HubEx. Models that forbid extra fields break here.',
    parameters: {
      names: { type: 'texts', standard: ['DeliveryID', 'OccurredAt'], what: 'Names; each holds a seeded text.' },
    },
  },
  'missing-fields': {
    part: 'body',
    only: 'events',
    what: 'Fields are absent instead of null: an older HubEx, or one that leaves empty ones out.',
    parameters: {
      names: {
        type: 'texts',
        standard: deliveryFields.filter((name) => !['TenantID', 'AssetID', 'EventID'].includes(name)),
        what: 'Names of the fields left out.',
      },
    },
  },
  'property-case': {
    part: 'body',
    only: 'events',
    what: 'Names are written another way: a serialiser with other settings.',
    parameters: {
      style: {
        type: 'choice',
        values: ['camel', 'lower', 'upper'],
        standard: 'camel',
        what: 'assetID, assetid or ASSETID.',
      },
    },
  },
  'foreign-tenant': {
    part: 'body',
    only: 'events',
    what: 'The TenantID of somebody else: an address that was copied from another installation.',
    parameters: {
      tenantId: { type: 'integer', least: 1, most: 2_147_483_647, standard: 999_999, what: 'The TenantID sent.' },
    },
  },
  batch: {
    part: 'body',
    only: 'events',
    what: 'A list instead of one object, as senders do that began to collect.',
    parameters: {
      size: { type: 'integer', least: 1, most: 100, standard: 1, what: 'How often the delivery stands in the list.' },
    },
  },
  'byte-order-mark': {
    part: 'body',
    what: 'The body begins with the three bytes of a UTF-8 mark, as .NET writes files: strict parsers refuse it.',
    parameters: {},
  },
  'wrong-content-type': {
    part: 'type',
    what: 'JSON under another content type: frameworks that parse by the header see no body.',
    parameters: {
      contentType: { type: 'text', standard: 'text/plain; charset=utf-8', what: 'The header as it is sent.' },
    },
  },
  'truncated-body': {
    part: 'wire',
    what: 'The connection ends before the promised length is reached: a sender shut down in the middle.',
    parameters: { afterBytes: bytesOrNull('Bytes of the body that arrive; null: half of it.') },
  },
  'connection-reset': {
    part: 'wire',
    what: 'The connection is reset in the middle of the body: a firewall, a restarted node.',
    parameters: { afterBytes: bytesOrNull('Bytes of the body that arrive; null: half of it.') },
  },
  'slow-body': {
    part: 'wire',
    what: 'The body trickles, in real time on a socket. Receivers with few workers meet it as an outage.',
    parameters: {
      bytesPerSecond: {
        type: 'integer',
        least: 1,
        most: 10_000_000,
        standard: 20,
        what: 'Bytes of the body a second.',
      },
    },
  },
  silence: {
    part: 'wire',
    what: 'Headers come and the body never ends, until HubEx gives up. Receivers need a time limit of their own.',
    parameters: {
      afterBytes: bytesOrNull('Bytes of the body that arrive; null: the connection opens and nothing comes.'),
    },
  },
  'chunked-body': {
    part: 'wire',
    what: 'Chunked encoding without Content-Length, as .NET often sends JSON. Receivers that trust the length read nothing.',
    parameters: {},
  },
  'lost-answer': {
    part: 'wire',
    what: 'The receiver did everything right and its answer never reaches HubEx: one of the ten failures is gone, and a retry follows.',
    parameters: {},
  },
};
