import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import {
  type CallResult,
  type OutgoingCall,
  type Transmission,
  type TransmissionSteps,
  transmissionSteps,
} from '@hubex-kit/simulator';
import { beforeReset, pause } from '../socket-pause.ts';
import { headersOf } from './headers-of.ts';
import type { OpenCall } from './open-calls.ts';
import { type OwnConnection, ownConnection } from './own-connection.ts';

/** Sends one call the way a fault wants it: byte for byte, on a socket of its own, pauses in real time. Rejects as the socket fails. */
export function sendFaultyCall(
  call: OutgoingCall,
  context: { target: URL; transmission: Transmission; open: OpenCall; lookup: LookupFunction },
): Promise<CallResult> {
  const { target, transmission, open, lookup } = context;
  const { method, timeoutMs } = call;
  const bytes = Buffer.from(call.body);
  const steps = transmissionSteps(bytes.byteLength, transmission);
  const length: Record<string, string> = steps.measured
    ? { 'content-length': String(bytes.byteLength) }
    : { 'transfer-encoding': 'chunked' };
  // In the order and with the names of a call without a fault; a list, because Node would add to an object.
  const fields = { host: target.host, connection: 'keep-alive', ...headersOf(call), ...length };
  const headers = Object.entries(fields).flat();
  const start = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const connection = ownConnection(target, lookup);
    const request = start(target, { method, headers, createConnection: () => connection.socket });
    open.end = reject;
    open.abort = (reason) => request.destroy(reason);
    const timer = setTimeout(() => {
      resolve({ kind: 'failed', reason: `no answer within ${timeoutMs} ms` });
      request.destroy();
    }, timeoutMs);
    request
      .on('close', () => {
        clearTimeout(timer);
        reject(new Error('other side closed'));
      })
      .on('error', reject)
      .on('response', (response) => {
        resolve({ kind: 'answered', status: response.statusCode ?? 0 });
        request.destroy();
      });
    connection.onOpen(() => {
      transmit(request, { connection, bytes, steps }).then((result) => result && resolve(result), reject);
    });
  });
}

/** What came of it, if that is known without an answer. */
async function transmit(
  request: ClientRequest,
  { connection, bytes, steps }: { connection: OwnConnection; bytes: Buffer; steps: TransmissionSteps },
): Promise<CallResult | undefined> {
  if (steps.head) request.flushHeaders();
  let sent = 0;
  for (const { waitMs, from, till } of steps.pieces) {
    if (waitMs > 0) await pause(waitMs, request);
    if (request.destroyed) return undefined;
    await new Promise<void>((resolve) => request.write(bytes.subarray(from, till), () => resolve()));
    sent = till;
  }
  switch (steps.ending) {
    case 'end':
      request.end();
      return undefined;
    case 'cut':
      connection.socket.end();
      return undefined;
    case 'silence':
      return undefined;
    case 'reset':
      if (steps.head) await pause(beforeReset, request);
      connection.reset();
      return { kind: 'failed', reason: `the connection was reset after ${sent} of ${bytes.byteLength} bytes` };
    default:
      return steps.ending satisfies never;
  }
}
