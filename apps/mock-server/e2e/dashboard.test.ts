import { createMockServer, type MockServer } from '@hubex-kit/mock-server';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

const { CHROMIUM } = process.env;

let browser: Browser;
let server: MockServer;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await chromium.launch(CHROMIUM ? { executablePath: CHROMIUM } : {});
});

afterAll(() => browser.close());

beforeEach(async () => {
  server = await createMockServer({ port: 0 });
  page = await browser.newPage({ locale: 'en-US' });
  complaints = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(server.url);
});

afterEach(async () => {
  await page.close();
  await server.stop();
  expect(complaints).toEqual([]);
});

test('draws a form for each control and carries it out', async () => {
  const emit = page.locator('#control-emit');
  await emit.locator('[name=eventId]').fill('41');
  await emit.locator('[name=assetId]').fill('101');
  await emit.locator('[type=submit]').click();
  await expect.poll(() => emit.locator('pre').textContent()).toContain('No webhook is active');
  await expect.poll(() => page.locator('.line').first().textContent()).toContain('41 changed, asset 101');
});

test('shows which input cannot be used', async () => {
  const emit = page.locator('#control-emit');
  await emit.locator('[name=eventId]').fill('400');
  await emit.locator('[name=assetId]').fill('101');
  await emit.locator('[type=submit]').click();
  await expect.poll(() => emit.locator('pre.failed').textContent()).toMatch(/eventId/);
  expect(await emit.locator('[name=eventId]').getAttribute('aria-invalid')).toBe('true');
});

test('counts what happens, and what comes from outside is text and nothing else', async () => {
  await expect.poll(() => page.locator('.state').textContent()).toBe('connected');
  await fetch(`${server.apiUrl}/<img src=x onerror=alert(1)>`);
  await expect.poll(() => page.locator('.requests dd').textContent()).toBe('1');
  await expect.poll(() => page.locator('.line').first().textContent()).toMatch(/GET .*img.*404/);
  expect(await page.locator('img').count()).toBe(0);
});

test('speaks Russian to a Russian browser', async () => {
  const russian = await browser.newPage({ locale: 'ru-RU' });
  await russian.goto(server.url);
  await expect.poll(() => russian.locator('aside h2').textContent()).toBe('Управление');
  await russian.close();
});
