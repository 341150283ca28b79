import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../mock-server.ts';

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
