import { signIn } from './sign-in.mjs';

/** Calls of a mock server as an administrator makes them. */
export async function mockApi(url) {
  const authorization = `Bearer ${await signIn(url)}`;
  const headers = { authorization, 'content-type': 'application/json', 'x-application-id': '5' };
  const send = async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    headers,
    send,
    register: (uri) =>
      send('POST', '/fsm/MSG/Webhooks', [{ name: 'bench', uri, isActive: true, events: [40, 41, 42, 43, 44] }]),
  };
}
