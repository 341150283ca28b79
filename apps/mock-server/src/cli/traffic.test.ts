import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `hubex-mock traffic` from its source. */
function traffic(...args: readonly string[]): { ended: Promise<Ended>; kill(signal: NodeJS.Signals): void } {
  const flags = ['--import', 'tsx', '--conditions=@hubex-kit/source', join(import.meta.dirname, '../cli.ts')];
  const child = spawn(process.execPath, [...flags, 'traffic', ...args], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return {
    ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr }))),
    kill: (signal) => void child.kill(signal),
  };
}

const open: Server[] = [];

/** A receiver that keeps what it got. */
async function receiver(answer: (response: ServerResponse, count: number) => void): Promise<{
  url: string;
  bodies: string[];
  requests: IncomingMessage[];
}> {
  const [bodies, requests]: [string[], IncomingMessage[]] = [[], []];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(body);
      requests.push(request);
      answer(response, bodies.length);
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return { url: `http://127.0.0.1:${port}/hook?key=secret-of-the-test`, bodies, requests };
}

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

test('sends what HubEx would send, at the rate, and tells what came of it as JSON', async () => {
  const { url, bodies, requests } = await receiver((response) => response.writeHead(204).end());
  const { code, stdout, stderr } = await traffic(
    ...['--to', url, '--rate', '100/s', '--for', '1s', '--mix', '40:1,41:3', '--json', '--quiet'],
  ).ended;
  expect([code, stderr]).toEqual([0, '']);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ sent: 100, answered: { 204: 100 }, lost: 0, unsent: 0, lostBy: {} });
  expect(result.events[40] + result.events[41]).toBe(100);
  expect(result.latencyMs.p99).toBeGreaterThan(0);
  expect(bodies).toHaveLength(100);
  expect(requests[0]).toMatchObject({ method: 'POST', url: '/hook?key=secret-of-the-test' });
  expect(requests[0]?.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(Object.keys(JSON.parse(bodies[0] ?? ''))).toHaveLength(10);
});

test('ends with 3 when the receiver answers with errors, and prints a table without the secret', async () => {
  const { url } = await receiver((response, count) => response.writeHead(count % 2 ? 500 : 200).end());
  const { code, stdout, stderr } = await traffic('--to', url, '--rate', '20/s', '--for', '500ms').ended;
  expect(code).toBe(3);
  expect(stdout).toMatch(/answered +200 × 5, 500 × 5/);
  expect(stdout).toMatch(/latency +p50 [\d.]+ ms/);
  expect(stdout + stderr).not.toContain('secret-of-the-test');
});

test('tells lost deliveries by reason when nobody listens', async () => {
  const { code, stdout } = await traffic(
    ...['--to', 'http://127.0.0.1:1/', '--rate', '10/s', '--for', '300ms', '--json', '--quiet'],
  ).ended;
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ sent: 3, lost: 3, lostBy: { ECONNREFUSED: 3 }, latencyMs: null });
});

test('a signal ends it in good order, with the result so far', async () => {
  const { url, bodies } = await receiver((response, count) => {
    response.writeHead(204).end();
    if (count === 5) run.kill('SIGINT');
  });
  const run = traffic('--to', url, '--rate', '50/s', '--for', '1h', '--json', '--quiet');
  const { code, stdout } = await run.ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout).sent).toBe(bodies.length);
});

test('wrong use ends with 2 and one line that says what to do', async () => {
  const { code, stdout, stderr } = await traffic('--to', 'http://8.8.8.8/').ended;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^hubex-mock: 8\.8\.8\.8 is neither loopback nor private.*--allow-host 8\.8\.8\.8\.\n$/);
});
