/** The mock did not do what a command asked for; the message is for people. */
export class ControlCallError extends Error {
  override readonly name = 'ControlCallError';
  readonly code = 'mock/control-failed';
}

/** Where the control plane is, and for whom it is called. */
export interface ControlAddress {
  /** Of the mock, such as http://127.0.0.1:4010. */
  readonly url: string;
  readonly tenant?: string | undefined;
  readonly controlToken?: string | undefined;
}

/**
 * Calls a control of a running mock.
 * @throws ControlCallError when nobody answers or the mock refuses.
 */
export async function callControl(
  address: ControlAddress,
  { method, path, body }: { method: 'GET' | 'POST'; path: string; body?: unknown },
): Promise<unknown> {
  const url = `${address.url.replace(/\/+$/, '')}/__mock${path}`;
  if (!URL.canParse(url)) throw new ControlCallError('--url takes an address such as http://127.0.0.1:4010.');
  const headers = {
    'content-type': 'application/json',
    ...(address.tenant !== undefined && { 'x-hubex-mock-tenant': address.tenant }),
    ...(address.controlToken !== undefined && { authorization: `Bearer ${address.controlToken}` }),
  };
  const response = await fetch(url, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new ControlCallError(`No mock answers at ${address.url} (${cause}); start one with hubex-mock serve.`);
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer;
  throw new ControlCallError(messageOf(answer) ?? `${address.url} answered ${response.status}; is it a HubEx mock?`);
}

function messageOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined;
  const { error } = answer;
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : undefined;
}
