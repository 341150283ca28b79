import { hubexHandler, hubexOperation } from '@hubex-kit/msw';
import { createHubexClient } from '@hubex-kit/sdk/client';
import { createSimulator } from '@hubex-kit/simulator';
import { HttpResponse } from 'msw';
import { setupWorker } from 'msw/browser';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mountPanel } from '../src/panel.ts';

const sim = createSimulator();
const worker = setupWorker(hubexHandler(sim));
const root = document.createElement('main');
let events: number[] = [];

beforeAll(() => worker.start({ quiet: true }));

beforeEach(async () => {
  worker.resetHandlers();
  await sim.control.reset();
  events = [];
  sim.control.deliverTo(async (request) => {
    events.push(((await request.json()) as { EventID: number }).EventID);
    return new Response(null, { status: 204 });
  });
  sim.control.subscribe({ uri: 'https://integration.test/hook' });
  document.body.replaceChildren(root);
  await mountPanel(root, { hubex: createHubexClient({ serviceToken: sim.control.info.serviceToken }), assetId: 102 });
});

afterAll(() => worker.stop());

const button = (): HTMLButtonElement => root.querySelector('button') ?? expect.unreachable();
const status = (): string => root.querySelector('[role=status]')?.textContent ?? '';

test('takes the asset back and publishes it again, and HubEx tells the integration', async () => {
  expect(button().textContent).toBe('Снять с публикации');
  for (const after of ['Опубликовать', 'Снять с публикации']) {
    button().click();
    await expect.poll(() => button().textContent).toBe(after);
  }
  await sim.control.settled();
  expect(events).toEqual([44, 43]);
});

test('says in words when the user may not', async () => {
  worker.use(hubexOperation('unpublishAsset', () => new HttpResponse(null, { status: 403 })));
  button().click();
  await expect.poll(status).toBe('У пользователя нет права публиковать объекты.');
  expect(button().disabled).toBe(false);
});

test('says when there is no such asset', async () => {
  await mountPanel(root, { hubex: createHubexClient({ serviceToken: sim.control.info.serviceToken }), assetId: 9_999 });
  expect([root.querySelector('h1')?.textContent, button().hidden]).toEqual(['Объекта 9999 нет', true]);
});
