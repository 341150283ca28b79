import type { ServerResponse } from 'node:http';
import { type ApiReply, type Transmission, transmissionSteps } from '@hubex-kit/simulator';
import { beforeReset, pause } from '../socket-pause.ts';

/** Sends a reply the way a fault wants it: byte for byte on the socket, pauses in real time. Resolves when nothing is left to send. */
export async function transmitReply(
  response: ServerResponse,
  { reply, transmission }: { reply: ApiReply; transmission: Transmission },
): Promise<void> {
  const bytes = Buffer.from(reply.body ?? '');
  const steps = transmissionSteps(bytes.byteLength, transmission);
  const { socket } = response;
  if (!socket) return;
  if (steps.head) {
    // 204 and HEAD have no body to measure.
    const isMeasured = steps.measured && bytes.byteLength > 0;
    response.writeHead(reply.status, { ...reply.headers, ...(isMeasured && { 'content-length': bytes.byteLength }) });
    response.flushHeaders();
  }
  for (const { waitMs, from, till } of steps.pieces) {
    if (waitMs > 0) await pause(waitMs, response);
    if (response.destroyed) return;
    await new Promise<void>((resolve) => response.write(bytes.subarray(from, till), () => resolve()));
  }
  switch (steps.ending) {
    case 'end':
      return void response.end();
    case 'cut':
      // What was written before goes out first.
      return void socket.end();
    case 'reset':
      if (steps.head) await pause(beforeReset, response);
      return void socket.resetAndDestroy();
    case 'silence':
      return;
    default:
      return steps.ending satisfies never;
  }
}
