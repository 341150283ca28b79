import type { IncomingMessage } from 'node:http';

/** The bytes of a request; undefined for none. Reading stops at the limit. The server's requestTimeout bounds the time. */
export function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Uint8Array | undefined | 'too-large' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > limit) {
        chunks.length = 0;
        request.removeAllListeners('data');
        request.resume();
        resolve('too-large');
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 0 ? undefined : Buffer.concat(chunks, size)));
    request.on('error', () => resolve('gone'));
    request.on('close', () => resolve('gone'));
  });
}
