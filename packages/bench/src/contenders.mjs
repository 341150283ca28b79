import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '../node_modules/.bin');
const repository = join(import.meta.dirname, '../../..');

/** The command of the mock server as it is published. */
export const mockCommand = join(repository, 'apps/mock-server/dist/cli.js');

const folder = mkdtempSync(join(tmpdir(), 'hubex-bench-'));

/** A port nobody listens on now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Writes what the peers are to answer: the very replies of the mock, as JSON, as an OpenAPI document and as a Mockoon environment. */
export function writeReplies(replies) {
  const files = { replies: 'replies.json', document: 'openapi.json', environment: 'mockoon.json' };
  for (const name of Object.keys(files)) files[name] = join(folder, files[name]);
  const operation = (status, example) => ({
    get: { responses: { [status]: { description: 'ok', content: { 'application/json': { example } } } } },
  });
  const paths = {
    '/fsm/COMMON/Events': operation(200, replies.events),
    '/fsm/ES/Assets': operation(206, replies.assets),
  };
  writeFileSync(files.replies, JSON.stringify(replies));
  writeFileSync(files.document, JSON.stringify({ openapi: '3.0.3', info: { title: 'bench', version: '1' }, paths }));
  writeFileSync(files.environment, JSON.stringify(environment(replies)));
  return files;
}

function environment({ events, assets }) {
  const route = (endpoint, { status, value }) => ({
    uuid: endpoint,
    type: 'http',
    documentation: '',
    method: 'get',
    endpoint,
    responses: [
      {
        uuid: `${endpoint} reply`,
        body: JSON.stringify(value),
        latency: 0,
        statusCode: status,
        label: '',
        headers: [{ key: 'Content-Type', value: 'application/json' }],
        bodyType: 'INLINE',
        filePath: '',
        databucketID: '',
        sendFileAsBody: false,
        rules: [],
        rulesOperator: 'OR',
        disableTemplating: true,
        fallbackTo404: false,
        default: true,
        crudKey: 'id',
        callbacks: [],
      },
    ],
    responseMode: null,
    streamingMode: null,
    streamingInterval: 0,
  });
  return {
    uuid: 'bench',
    lastMigration: 33,
    name: 'bench',
    endpointPrefix: '',
    latency: 0,
    port: 0,
    hostname: '127.0.0.1',
    folders: [],
    routes: [
      route('fsm/COMMON/Events', { status: 200, value: events }),
      route('fsm/ES/Assets', { status: 206, value: assets }),
    ],
    rootChildren: [
      { type: 'route', uuid: 'fsm/COMMON/Events' },
      { type: 'route', uuid: 'fsm/ES/Assets' },
    ],
    proxyMode: false,
    proxyHost: '',
    proxyRemovePrefix: false,
    tlsOptions: { enabled: false, type: 'CERT', pfxPath: '', certPath: '', keyPath: '', caPath: '', passphrase: '' },
    cors: true,
    headers: [],
    proxyReqHeaders: [],
    proxyResHeaders: [],
    data: [],
    callbacks: [],
  };
}

/** How each contender is started on a port. */
export function commands({ replies, document, environment: mockoonFile }) {
  const node = process.execPath;
  return {
    mock: (port) => [node, mockCommand, 'serve', '--port', port, '--json', '--switch', 'requireApplicationId=false'],
    express: () => [node, join(import.meta.dirname, 'peers/express-app.mjs')],
    prism: (port) => [node, join(bin, 'prism'), 'mock', document, '--port', port, '--verboseLevel', 'silent'],
    mockoon: (port) => [
      ...[node, join(bin, 'mockoon-cli'), 'start', '--data', mockoonFile, '--port', port],
      ...['--hostname', '127.0.0.1', '--disable-log-to-file'],
    ],
    env: { BENCH_REPLIES: replies },
  };
}

/** Starts a process on one core, or on those of a list such as '0,1'; `stop` ends it and waits for it. */
export function launch(command, { port, env, core = 0 }) {
  const args = ['-c', String(core), ...command.map(String)];
  const child = spawn('taskset', args, {
    stdio: ['ignore', 'ignore', process.env.BENCH_DEBUG ? 'inherit' : 'ignore'],
    env: { ...process.env, ...env, PORT: String(port), NO_COLOR: '1', CI: 'true' },
  });
  const gone = once(child, 'exit');
  return {
    pid: child.pid,
    url: `http://127.0.0.1:${port}`,
    async stop(signal = 'SIGKILL') {
      child.kill(signal);
      await gone;
    },
  };
}

/** Resolves when the address answers `status`. */
export async function answering(url, { status = 200, headers = {} } = {}) {
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    try {
      const response = await fetch(url, { headers });
      await response.arrayBuffer();
      if (response.status === status) return;
    } catch {
      // Not up yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${url} did not answer ${status} within a minute`);
}
