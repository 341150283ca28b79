import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type CallResult, type OutgoingCall, type Transmission, transmissionSteps } from '@hubex-kit/simulator';
import { beforeReset, pause } from '../socket-pause.ts';
import { type DeliveryRule, guardedLookup } from './address-guard.ts';

/** Calls whose bytes a fault wants sent in its own way: each on a socket of its own, pauses in real time. */
export class FaultyCalls {
  readonly #rule: DeliveryRule;
  readonly #open: Set<ClientRequest> = new Set();

  constructor(rule: DeliveryRule) {
    this.#rule = rule;
  }

  /** Makes one call; rejects as the socket fails. */
  make(call: OutgoingCall, { target, transmission }: { target: URL; transmission: Transmission }): Promise<CallResult> {
    const bytes = Buffer.from(call.body);
    const steps = transmissionSteps(bytes.byteLength, transmission);
    const length = steps.measured
      ? { 'content-length': String(bytes.byteLength) }
      : { 'transfer-encoding': 'chunked' as const };
    // In the order and with the names of a call without a fault; a list, because Node would add to an object.
    const fields = { host: target.host, connection: 'keep-alive', ...call.headers, ...length };
    const open = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = open(target, {
      method: call.method,
      headers: Object.entries(fields).flat(),
      agent: false,
      lookup: guardedLookup(this.#rule),
    });
    this.#open.add(request);
    return new Promise<CallResult>((resolve, reject) => {
      const timer = setTimeout(() => {
        resolve({ kind: 'failed', reason: `no answer within ${call.timeoutMs} ms` });
        request.destroy();
      }, call.timeoutMs);
      request.on('close', () => {
        clearTimeout(timer);
        this.#open.delete(request);
        reject(new Error('other side closed'));
      });
      request.on('error', reject);
      request.on('response', (response) => {
        resolve({ kind: 'answered', status: response.statusCode ?? 0 });
        request.destroy();
      });
      request.on('socket', (socket: Socket) => {
        socket.setNoDelay(true);
        const start = (): void => {
          transmit(request, { socket, bytes, steps }).then((result) => result && resolve(result), reject);
        };
        if (!socket.connecting) start();
        else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', start);
      });
    });
  }

  /** Breaks off every call under way. */
  destroy(): void {
    for (const request of this.#open) request.destroy(new Error('broken off'));
  }
}

/** What came of it, if that is known without an answer. */
async function transmit(
  request: ClientRequest,
  context: { socket: Socket; bytes: Buffer; steps: ReturnType<typeof transmissionSteps> },
): Promise<CallResult | undefined> {
  const { socket, bytes, steps } = context;
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
      socket.end();
      return undefined;
    case 'silence':
      return undefined;
    case 'reset': {
      if (steps.head) await pause(beforeReset, request);
      // Below TLS Node reaches no socket to reset: there the connection ends without the farewell of TLS.
      if (socket instanceof TLSSocket) socket.destroy();
      else socket.resetAndDestroy();
      return { kind: 'failed', reason: `the connection was reset after ${sent} of ${bytes.byteLength} bytes` };
    }
    default:
      return steps.ending satisfies never;
  }
}
