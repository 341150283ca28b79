import { Agent, request } from 'node:http';
import { secret } from './run-child.ts';

/** Posts delivery number n, which is asset n; resolves to the status, or to 0 if there was no answer. */
export function post(agent: Agent, port: number, assetId: number): Promise<number> {
  const body = JSON.stringify({ TenantID: 105, AssetID: assetId, EventID: 41, Name: `Насос №${assetId}` });
  return new Promise((resolve) => {
    const outgoing = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: `/hubex?key=${secret}`,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        const { statusCode = 0 } = answer;
        answer.on('error', () => resolve(0));
        answer.resume();
        // The status alone acknowledges; the rest of the answer may die with the child.
        resolve(statusCode);
      },
    );
    outgoing.on('error', () => resolve(0));
    outgoing.end(body);
  });
}

/** Connections that are kept, as many as run at a time. */
export function keepAlive(concurrency: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: concurrency });
}
