import type { Outgoing, Reply } from './target.ts';

const baseUrl = 'https://api.hubex.ru/fsm';

/** Sends by the global fetch to HubEx's own address, which msw has taken. */
export async function fetchSend({ method, path, headers, body }: Outgoing): Promise<Reply> {
  // Any bytes are a body at run time; the types of fetch differ between platforms.
  const sent = (body ?? null) as NonNullable<RequestInit['body']> | null;
  const response = await fetch(`${baseUrl}${path}`, { method, headers, body: sent });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  return { status: response.status, headers: Object.fromEntries(response.headers), bytes, text };
}
