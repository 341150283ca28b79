import type { RequestListener, ServerResponse } from 'node:http';

/** Answers requests while a server is not ready, and hands them on when it is. */
export interface Readiness {
  readonly listener: RequestListener;
  /** From now on requests go to `handler`. */
  open(handler: RequestListener): void;
  /** From now on nobody is let in any more. */
  close(): void;
}

/** Not ready until told so: everything is answered 503 with Retry-After, so that whoever polls any address knows to come again. */
export function createReadiness(): Readiness {
  let state: { kind: 'starting' | 'stopping' } | { kind: 'ready'; handler: RequestListener } = { kind: 'starting' };
  return {
    listener(request, response) {
      if (state.kind === 'ready') state.handler(request, response);
      else refuse(response, state.kind);
    },
    open(handler) {
      state = { kind: 'ready', handler };
    },
    close() {
      state = { kind: 'stopping' };
    },
  };
}

function refuse(response: ServerResponse, state: 'starting' | 'stopping'): void {
  const message = state === 'starting' ? 'The mock server is starting; ask again.' : 'The mock server is stopping.';
  const text = Buffer.from(`${JSON.stringify({ ready: false, error: { code: `mock/${state}`, message } })}\n`);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': text.byteLength };
  response.writeHead(503, { ...headers, 'retry-after': '1', connection: 'close' }).end(text);
}
