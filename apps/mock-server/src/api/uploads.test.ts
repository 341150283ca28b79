import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../mock-server.ts';
import { workbooks } from '../workbooks.ts';

let hubex: MockServer;
beforeAll(async () => {
  hubex = await createMockServer({ port: 0, assets: 1, switches: { requireApplicationId: false } });
});
afterAll(() => hubex.stop());

/** Sends so many bytes to the import in pieces and resolves with the status. */
function upload(size: number, type: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    const call = request(`${hubex.apiUrl}/IMPORT/Assets`, {
      method: 'POST',
      headers: { 'content-type': type, 'transfer-encoding': 'chunked' },
    });
    const piece = Buffer.alloc(1_048_576, 65);
    const push = (): void => {
      while (sent < size && !call.destroyed) {
        sent += piece.length;
        if (!call.write(piece)) return void call.once('drain', push);
      }
      call.end();
    };
    call.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
      call.destroy();
    });
    // The server may close while we still send; then the answer has come before.
    call.on('error', (error) => reject(error));
    push();
  });
}

test('a form of 100 MB is answered 413', async () => {
  expect(await upload(100_000_000, 'multipart/form-data; boundary=b')).toBe(413);
});

test('a form may be larger than other bodies', async () => {
  expect(await upload(3_000_000, 'multipart/form-data; boundary=b')).toBe(401);
  expect(await upload(3_000_000, 'application/json')).toBe(413);
});

test('others have their turn while a large import is worked on', async () => {
  const { simulator, apiUrl, serviceToken } = hubex;
  const { access_token } = (await (
    await fetch(`${apiUrl}/AUTHZ/AccessTokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ serviceToken }),
    })
  ).json()) as { access_token: string };
  const rows = Array.from({ length: 1_000 }, (_, index) => [`Насос ${index}`, 'АО «Новое»', 'Чиллер']);
  const sheet = { name: 'Объекты и оборудование', rows: [[], [], ['Название', 'Компания', 'Тип'], ...rows] };
  const body = new FormData();
  body.append('File', new Blob([Buffer.from(await workbooks.write([sheet], { modified: 0 }))]), 'assets.xlsx');
  const counts = new Set<number>();
  const count = (): number => {
    const page = simulator.control.journal({ types: ['event'], limit: 1 }) as { total: number }; // json is the default
    counts.add(page.total);
    return page.total;
  };
  let isOver = false;
  const watch = (): void => {
    if (count() < 1_000 && !isOver) setImmediate(watch);
  };
  watch();
  try {
    const headers = { authorization: `Bearer ${access_token}` };
    const { status } = await fetch(`${apiUrl}/IMPORT/Assets`, { method: 'POST', headers, body });
    expect(status).toBe(202);
    await simulator.control.settled({ within: 10_000 });
  } finally {
    isOver = true;
  }
  expect(count()).toBe(1_000);
  expect([...counts].filter((each) => each > 0 && each < 1_000)).not.toEqual([]);
});

test('the journal has the hash of a form of 10 MB', async () => {
  const { apiUrl, controlUrl } = hubex;
  const body = randomBytes(10_000_000);
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  expect((await fetch(`${apiUrl}/IMPORT/Assets`, { method: 'POST', headers, body })).status).toBe(401);
  expect(await (await fetch(`${controlUrl}/settled`)).json()).toMatchObject({ settled: true });
  const lines = (await (await fetch(`${controlUrl}/journal?types=request&format=ndjson`)).text()).trim().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    requestSize: 10_000_000,
    requestBody: null,
    bodyHash: createHash('sha256').update(body).digest('hex'),
  });
});
