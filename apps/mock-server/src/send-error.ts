import type { ServerResponse } from 'node:http';

/** Answers with an error as JSON. */
export function sendError(
  response: ServerResponse,
  status: number,
  error: { readonly code: string; readonly message: string },
): void {
  const text = Buffer.from(`${JSON.stringify({ error })}\n`);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': text.byteLength };
  response.writeHead(status, headers).end(text);
}

/** Reports a bug of the mock and answers 500. */
export function fail(
  response: ServerResponse,
  { error, onError }: { error: unknown; onError: (error: unknown) => void },
): void {
  onError(error);
  // An answer that has begun cannot be taken back: the caller sees it break off.
  if (response.headersSent) return void response.destroy();
  sendError(response, 500, {
    code: 'mock/bug',
    message: 'The mock server failed; its log says where. Please report it.',
  });
}
