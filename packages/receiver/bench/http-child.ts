import { createServer } from 'node:http';
import { toNodeHandler } from '../src/adapters/node-http.ts';
import { createReceiver } from '../src/create-receiver.ts';

// One of two servers, as the parent says; tells its own CPU time when asked.
const secret = 'bench-secret-of-128-bits-or-so';
const ours = toNodeHandler(createReceiver({ secrets: secret }));
const server = createServer(
  process.argv[2] === 'ours'
    ? ours
    : (request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          Buffer.concat(chunks);
          response.writeHead(204).end();
        });
      },
).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0, path: `/hook?key=${secret}` });
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system });
});
