import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../mock-server.ts';

let server: MockServer;

beforeEach(async () => {
  server = await createMockServer({ port: 0 });
});

afterEach(() => server.stop());

test('a browser that opens the address of the server is led to the dashboard, a program is told where things are', async () => {
  const opened = await fetch(server.url, { headers: { accept: 'text/html,*/*;q=0.8' }, redirect: 'manual' });
  expect([opened.status, opened.headers.get('location')]).toEqual([302, '/__mock/dashboard/']);
  const asked = await fetch(server.url, { redirect: 'manual' });
  const error = expect.objectContaining({ code: 'mock/not-found' });
  expect([asked.status, await asked.json()]).toEqual([404, { error }]);
});

test('the dashboard takes nothing from elsewhere and is shown in no frame', async () => {
  const page = await fetch(`${server.controlUrl}/dashboard`);
  expect([page.status, page.url]).toEqual([200, `${server.controlUrl}/dashboard/`]);
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  const html = await page.text();
  expect(html).not.toMatch(/https?:|<script>|style=/);
  for (const [, part] of html.matchAll(/(?:src|href)="([\w.]+)"/g)) {
    const answer = await fetch(`${page.url}${part}`);
    expect([part, answer.status]).toEqual([part, 200]);
  }
  expect((await fetch(`${page.url}../src/main.ts`)).status).toBe(404);
});
