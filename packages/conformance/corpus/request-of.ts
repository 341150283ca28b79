import type { ReceiveCase } from './cases.ts';

/** Bytes of base64; `atob` is the one decoder every runtime has. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The request of a case, its body arriving as the case says. */
export async function requestOf(entry: ReceiveCase): Promise<Request> {
  const { method, url, headers, bodyText, bodyBase64, arrival = 'whole' } = entry;
  const text = bodyText === undefined ? undefined : new TextEncoder().encode(bodyText);
  const bytes = bodyBase64 === undefined ? text : bytesOf(bodyBase64);
  if (!bytes) return new Request(url, { method, headers });
  const isStream = arrival !== 'whole' && arrival !== 'read-before';
  const body = isStream ? streamOf(bytes, arrival) : bytes;
  // A body that is a stream needs `duplex`, which the types of some runtimes do not know.
  const init = { method, headers, body, ...(isStream && { duplex: 'half' }) };
  const request = new Request(url, init as RequestInit);
  if (arrival === 'read-before') await request.text();
  return request;
}

function streamOf(bytes: Uint8Array, arrival: 'bytewise' | 'breaks-off' | 'stalls'): ReadableStream<Uint8Array> {
  const end = arrival === 'bytewise' ? bytes.length : bytes.length >> 1;
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      if (next < end) {
        controller.enqueue(bytes.slice(next, next + 1));
        next++;
      } else if (arrival === 'bytewise') controller.close();
      else if (arrival === 'breaks-off') controller.error(new Error('the connection was lost'));
      else return new Promise(() => undefined);
      return undefined;
    },
  });
}
