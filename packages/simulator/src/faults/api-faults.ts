import type { ApiFault } from './api-fault.ts';
import { bytesOrNull, type Declarations, type FaultParameter } from './declaration.ts';

const carriedOut = (standard: boolean): FaultParameter => ({
  type: 'boolean',
  standard,
  what: 'HubEx does the work all the same and only the answer is lost.',
});

const retryAfter: FaultParameter = {
  type: 'integer',
  least: 0,
  most: 86_400,
  orNull: true,
  standard: null,
  what: 'Seconds in Retry-After; null leaves the header out.',
};

/** Every fault of the API. */
export const apiFaults: Declarations<ApiFault> = {
  latency: {
    part: 'time',
    what: 'The answer comes late, by the clock of the tenant; the work is done at once. Everybody meets it in peak hours.',
    parameters: {
      ms: { type: 'integer', least: 0, most: 600_000, standard: 1000, what: 'Milliseconds every answer waits.' },
      jitterMs: {
        type: 'integer',
        least: 0,
        most: 600_000,
        standard: 0,
        what: 'At most so many milliseconds more, seeded.',
      },
    },
  },
  unauthorised: {
    part: 'answer',
    what: '401 whatever the token: a clock that runs ahead, a key taken away. A client that retries for ever shows here.',
    parameters: {},
  },
  'expired-token': {
    part: 'answer',
    what: 'The access token of the call dies now and stays dead: 401 until a new one is fetched. Everybody meets it after 30 minutes.',
    parameters: {},
  },
  forbidden: {
    part: 'answer',
    what: '403 AccessDenied: an administrator took a permission away from the API user.',
    parameters: {},
  },
  conflict: {
    part: 'answer',
    what: '409 with an error of HubEx: somebody else changed the record first, or a rule of the tenant forbids the change.',
    parameters: {
      code: { type: 'text', standard: 'InvalidOperation', what: 'The code of the error.' },
    },
  },
  'rate-limited': {
    part: 'answer',
    what: '429 above the calls a minute that HubEx allows, with or without Retry-After. Every first synchronisation meets it.',
    parameters: {
      retryAfterSeconds: retryAfter,
      form: { type: 'choice', values: ['seconds', 'date'], standard: 'seconds', what: 'How Retry-After is written.' },
    },
  },
  'internal-error': {
    part: 'answer',
    what: '500 with an error of HubEx: a bug over there. With carriedOut a retry of a creation makes a second record.',
    parameters: { carriedOut: carriedOut(false) },
  },
  'bad-gateway': {
    part: 'answer',
    what: '502 without a body: the front found no healthy node, during a deployment for example.',
    parameters: { carriedOut: carriedOut(false) },
  },
  unavailable: {
    part: 'answer',
    what: '503 without a body: maintenance or overload, sometimes with a hint when to come back.',
    parameters: { retryAfterSeconds: retryAfter },
  },
  'gateway-timeout': {
    part: 'answer',
    what: '504 without a body: the front gave up waiting while HubEx did the work. Mass edits meet it.',
    parameters: { carriedOut: carriedOut(true) },
  },
  'proxy-page': {
    part: 'answer',
    what: 'A page in HTML from something in between: a corporate proxy, a captive portal. With status 200 it looks like an answer.',
    parameters: {
      status: { type: 'integer', least: 200, most: 599, standard: 502, what: 'Status of the page.' },
    },
  },
  'stale-read': {
    part: 'answer',
    only: 'reads',
    what: 'A read is answered with the assets as they were some writing calls ago: a replica that lags. Whoever reads right after a delivery meets it.',
    parameters: {
      changes: {
        type: 'integer',
        least: 1,
        most: 1000,
        standard: 1,
        what: 'Writing calls that the read does not know of yet.',
      },
    },
  },
  'silent-cut': {
    part: 'answer',
    only: 'reads',
    what: 'A list read without a range ends early and does not say so, as HubEx does at 10000 rows. Tenants with many assets meet it.',
    parameters: {
      rows: { type: 'integer', least: 0, most: 10_000, standard: 10_000, what: 'Rows that are left.' },
    },
  },
  'empty-body': {
    part: 'body',
    what: 'The right status and no body at all: a proxy that lost it.',
    parameters: {},
  },
  'malformed-json': {
    part: 'body',
    what: 'The body lacks its last character, and its length says so: a serialiser that gave up.',
    parameters: {},
  },
  'byte-order-mark': {
    part: 'body',
    what: 'The body begins with the three bytes of a UTF-8 mark, as .NET writes files: strict parsers refuse it.',
    parameters: {},
  },
  'wrong-content-type': {
    part: 'type',
    what: 'JSON under another content type. Clients that choose the parser by the header meet it.',
    parameters: {
      contentType: { type: 'text', standard: 'text/html; charset=utf-8', what: 'The header as it is sent.' },
    },
  },
  'connection-reset': {
    part: 'wire',
    what: 'The connection is reset: a firewall, a restarted node. The work is done unless carriedOut is false.',
    parameters: {
      afterBytes: bytesOrNull('Bytes of the body that arrive; null: not even the status line.'),
      carriedOut: carriedOut(true),
    },
  },
  'truncated-body': {
    part: 'wire',
    what: 'The connection ends before the promised length is reached: a node shut down in the middle.',
    parameters: { afterBytes: bytesOrNull('Bytes of the body that arrive; null: half of it.') },
  },
  'slow-body': {
    part: 'wire',
    what: 'The body trickles, in real time on a socket: a bad mobile connection, a throttling proxy.',
    parameters: {
      bytesPerSecond: {
        type: 'integer',
        least: 1,
        most: 10_000_000,
        standard: 100,
        what: 'Bytes of the body a second.',
      },
    },
  },
  silence: {
    part: 'wire',
    what: 'No answer ever; the connection stays open. Clients without a time limit hang here.',
    parameters: {
      afterBytes: bytesOrNull('Bytes of the body that arrive; null: not even the status line.'),
      carriedOut: carriedOut(true),
    },
  },
};
