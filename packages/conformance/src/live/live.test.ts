import { createMockServer, type MockServer } from '@hubex-kit/mock-server';
import { afterEach, expect, test } from 'vitest';
import { look } from './look.ts';
import { probes } from './probes.ts';

let server: MockServer | undefined;

afterEach(() => server?.stop());

const pause = (): Promise<void> => Promise.resolve();

test('the mock shows everything the ledger says, and is only read', async () => {
  server = await createMockServer({ port: 0, tenants: 'known' });
  const { apiUrl: baseUrl, serviceToken, simulator } = server;
  simulator.control.subscribe({ uri: 'http://127.0.0.1:9/hook' });
  const rows = await look({ baseUrl, serviceToken, pause });
  expect(rows.filter(({ verdict }) => verdict !== 'confirmed')).toEqual([]);
  expect(rows).toHaveLength(probes.length);
  expect(simulator.control.metrics()).toHaveProperty('events', {});
});

test('what is otherwise is contradicted, what cannot be seen undecided; nothing of the tenant is told', async () => {
  server = await createMockServer({ port: 0, assets: 0, tenants: 'known', switches: { requireApplicationId: false } });
  const rows = await look({ baseUrl: server.apiUrl, serviceToken: server.serviceToken, pause });
  const verdicts = new Map(rows.map(({ numbers, verdict }) => [numbers[0], verdict]));
  expect([verdicts.get('B007'), verdicts.get('B050'), verdicts.get('B109'), verdicts.get('B011')]).toEqual([
    'contradicted',
    'undecided',
    'undecided',
    'confirmed',
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/demo-service-token|eyJ/);
});

test('without a token nothing is looked at', async () => {
  server = await createMockServer({ port: 0, tenants: 'known' });
  await expect(look({ baseUrl: server.apiUrl, serviceToken: 'wrong', pause })).rejects.toThrow(/HUBEX_SERVICE_TOKEN/);
});
