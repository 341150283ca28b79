import type { ServerResponse } from 'node:http';
import type { StreamResult } from '@hubex-kit/simulator';

/** Milliseconds between signs of life: middlemen close connections that are silent for long. */
const heartbeat = 15_000;
/** Bytes that may wait for a reader; one that reads slower loses the connection instead of the server's memory. */
const mostWaiting = 1_048_576;

/** Sends what happens as server-sent events until the reader goes. */
export function sendEvents(response: ServerResponse, stream: StreamResult): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  response.write(': connected\n\n');
  let id = 0;
  const stop = stream.listen((message) => {
    if (response.writableLength > mostWaiting) return void response.destroy();
    const type =
      typeof message === 'object' && message !== null && 'type' in message ? String(message.type) : 'message';
    response.write(`id: ${++id}\nevent: ${type}\ndata: ${JSON.stringify(message)}\n\n`);
  });
  const timer = setInterval(() => response.write(': alive\n\n'), heartbeat).unref();
  response.once('close', () => {
    clearInterval(timer);
    stop();
  });
}
