import type { IncomingBody } from '../incoming.ts';

const decoder = new TextDecoder();

/** What there is of a body, fit for the receiver: bytes become text, gzip is unpacked, and neither may be larger than the limit. */
export function unpackBody(body: unknown, maxBodyBytes: number): IncomingBody | Promise<IncomingBody> {
  if (typeof body === 'string') return body.length > maxBodyBytes ? { kind: 'too-large' } : { kind: 'body', body };
  if (!(body instanceof Uint8Array)) return { kind: 'body', body };
  if (body.byteLength > maxBodyBytes) return { kind: 'too-large' };
  // No JSON begins like this, so it is gzip whatever the headers say: platforms and parsers forget them.
  if (body[0] === 0x1f && body[1] === 0x8b) return gunzip(body, maxBodyBytes);
  return { kind: 'body', body: decoder.decode(body) };
}

async function gunzip(packed: Uint8Array, maxBodyBytes: number): Promise<IncomingBody> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    const unpacking = new DecompressionStream('gzip');
    const writer = unpacking.writable.getWriter();
    // What goes wrong here shows when the other end is read.
    writer.write(new Uint8Array(packed)).catch(() => undefined);
    writer.close().catch(() => undefined);
    const reader = unpacking.readable.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > maxBodyBytes) {
        reader.cancel().catch(() => undefined);
        return { kind: 'too-large' };
      }
      pieces.push(part.value);
    }
  } catch {
    // Broken gzip, or a runtime that has none: junk, which is kept as it came.
    return { kind: 'body', body: packed };
  }
  return { kind: 'body', body: decoder.decode(joinBytes(pieces, size)) };
}

/** The pieces as one, without a copy if there is but one. */
export function joinBytes(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.byteLength;
  }
  return whole;
}
