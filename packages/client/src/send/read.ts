import type { ErrorModel } from '@hubex-kit/contract';
import { HubexError, type HubexErrorCode } from '../error.ts';

/** A good answer, its JSON parsed. */
export interface LooseReply {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

/** Reads an answer: JSON for a good one, a HubexError for any other. */
export async function readReply(response: Response, operationId: string): Promise<LooseReply> {
  const { status, headers } = response;
  const text = await response.text();
  const data = text === '' ? undefined : parse(text);
  if (!response.ok) throw failure({ status, headers, data }, operationId);
  if (data === broken) {
    const message = `${operationId}: HubEx answered ${status} with a body that is not JSON.`;
    throw new HubexError('hubex/unexpected-reply', message, { operationId, status });
  }
  return { status, headers, data };
}

const broken = Symbol('not JSON');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return broken;
  }
}

/** The error for an answer that is not 2xx. */
function failure(reply: LooseReply, operationId: string): HubexError {
  const { status, headers } = reply;
  const errors = readErrors(reply);
  const said = errors.map(({ code, message }) => [code, message].filter(Boolean).join(': ')).join('; ');
  const retryAfter = Number(headers.get('Retry-After') ?? Number.NaN);
  const code = codeOf(status, errors);
  const message = `${operationId}: HubEx answered ${status}${said ? ` (${said})` : ''}. ${advice[code] ?? ''}`.trim();
  return new HubexError(code, message, {
    operationId,
    status,
    errors,
    ...(Number.isFinite(retryAfter) && { retryAfter }),
  });
}

/** An array of error models, a single one, or the code in the header alone (B014, B015). */
function readErrors({ data, headers }: LooseReply): readonly ErrorModel[] {
  const items = (Array.isArray(data) ? data : [data]).filter(
    (item): item is ErrorModel => typeof item === 'object' && item !== null,
  );
  if (items.length > 0) return items;
  const code = headers.get('X-Application-Errors');
  return code ? [{ code }] : [];
}

function codeOf(status: number, errors: readonly ErrorModel[]): HubexErrorCode {
  if (status === 401) return 'hubex/unauthorised';
  if (status === 403) return 'hubex/forbidden';
  if (status === 404 || (status < 500 && errors.some(({ code }) => code === 'NotFound' || code === 'AssetNotFound')))
    return 'hubex/not-found';
  if (status === 429) return 'hubex/rate-limited';
  if (status >= 500) return 'hubex/server';
  return status >= 400 ? 'hubex/refused' : 'hubex/unexpected-reply';
}

const advice: Partial<Record<HubexErrorCode, string>> = {
  'hubex/unauthorised': 'Check the credentials of the client.',
  'hubex/forbidden': 'Check the permissions and roles of the API user, and applicationId.',
  'hubex/rate-limited': 'HubEx allows about 60 calls a minute.',
};
