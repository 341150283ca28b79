import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleSheet } from '../samples/sample-assets.ts';
import { createMockServer } from './mock-server.ts';
import { workbooks } from './workbooks.ts';

const bytes = readFileSync(join(import.meta.dirname, '../samples/assets-300.xlsx'));

test('the committed workbook is what its script makes', async () => {
  const { name, rows } = sampleSheet();
  const read = await workbooks.read(bytes, { sheet: name, rows: 1_000, columns: 22 });
  const full = rows.map((row) => Array.from({ length: 22 }, (_, index) => row[index] ?? null));
  expect(read.kind === 'read' && read.sheet?.rows).toEqual(full);
});

test('imports whole: 300 assets, 300 times event 40', async () => {
  const hubex = await createMockServer({ port: 0, switches: { requireApplicationId: false, importDelayMs: 0 } });
  const post = (path: string, init: RequestInit): Promise<Response> =>
    fetch(`${hubex.apiUrl}${path}`, { method: 'POST', ...init });
  const json = { 'content-type': 'application/json' };
  const signIn = await post('/AUTHZ/AccessTokens', {
    headers: json,
    body: JSON.stringify({ serviceToken: hubex.serviceToken }),
  });
  const { access_token } = (await signIn.json()) as { access_token: string }; // as the spec says
  const authorization = `Bearer ${access_token}`;
  const hook = { name: 'test', uri: 'http://127.0.0.1:1/', isActive: true, events: [40, 41, 42, 43, 44] };
  await post('/MSG/Webhooks', { headers: { ...json, authorization }, body: JSON.stringify([hook]) });
  const body = new FormData();
  body.set('File', new Blob([bytes]), 'assets-300.xlsx');
  const reply = await post('/IMPORT/Assets', { headers: { authorization }, body });
  expect([reply.status, await reply.text(), reply.headers.get('x-hubex-mock-warning')]).toEqual([202, '', null]);
  // Nobody listens at that address, so the webhook is switched off on the way; every call was caused all the same.
  await hubex.simulator.control.settled();
  const { items } = hubex.simulator.control.deliveries();
  expect(items.map(({ eventId }) => eventId)).toEqual(Array.from({ length: 300 }, () => 40));
  expect(new Set(items.map(({ assetId }) => assetId)).size).toBe(300);
  await hubex.stop();
});
