import type { ErrorModel } from '@hubex-kit/contract';
import { callError, type HubexError, type HubexErrorCode } from '../error.ts';
import type { Settings } from '../settings.ts';
import type { LooseReply } from './outgoing.ts';

/** Reads an answer: its data for a good one, a HubexError for any other. */
export async function readReply(
  response: Response,
  { operationId, read }: { readonly operationId: string; readonly read: Settings['read'] },
): Promise<LooseReply> {
  const { ok, status, headers } = response;
  const data = await read(response);
  if (!ok) throw failure({ status, headers, data }, operationId);
  // Only what is no JSON is still a text.
  if (typeof data === 'string')
    throw callError('hubex/unexpected-reply', operationId, {
      message: `HubEx answered ${status}, not in JSON.`,
      status,
    });
  return { status, headers, data };
}

/** The error for an answer that is not 2xx. */
function failure({ status, headers, data }: LooseReply, operationId: string): HubexError {
  const errors = readErrors(data, headers);
  const said = errors.map(({ code, message }) => [code, message].filter(Boolean).join(': ')).join('; ');
  const retryAfter = Number.parseFloat(`${headers.get('Retry-After')}`);
  const code = codeOf(status, errors);
  const message = `HubEx answered ${status}${said && ` (${said})`}. ${advice[code] ?? ''}`.trim();
  return callError(code, operationId, { message, status, errors, ...(retryAfter >= 0 && { retryAfter }) });
}

/** An array of error models, a single one, or the code in the header alone (B014, B015). */
function readErrors(data: unknown, headers: Headers): readonly ErrorModel[] {
  const items = [data].flat().filter((item): item is ErrorModel => typeof item === 'object' && item !== null);
  const code = headers.get('X-Application-Errors');
  return items[0] || !code ? items : [{ code }];
}

function codeOf(status: number, errors: readonly ErrorModel[]): HubexErrorCode {
  const known = byStatus[status];
  if (known) return known;
  if (status >= 500) return 'hubex/server';
  if (errors.some(({ code }) => code === 'NotFound' || code === 'AssetNotFound')) return 'hubex/not-found';
  return status >= 400 ? 'hubex/refused' : 'hubex/unexpected-reply';
}

const byStatus: Readonly<Record<number, HubexErrorCode>> = {
  401: 'hubex/unauthorised',
  403: 'hubex/forbidden',
  404: 'hubex/not-found',
  429: 'hubex/rate-limited',
};

const advice: Readonly<Record<string, string>> = {
  'hubex/unauthorised': 'Check the credentials.',
  'hubex/forbidden': 'Check applicationId and permissions.',
};
