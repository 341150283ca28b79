import { type OperationId, operations } from '@hubex-kit/contract/operations';
import { issueFrom, issueFromChain } from '../auth/service-token.ts';
import { checkedToken, fixedToken, renewingToken, type TokenSource } from '../auth/token-source.ts';
import { HubexError, isHubexError } from '../error.ts';
import type { Settings } from '../options.ts';
import { attempt } from './attempt.ts';
import { buildRequest } from './build.ts';
import { cut, entries } from './pages.ts';
import { repeat } from './repeat.ts';
import type { CallInput, CallReply, LooseInput } from './typed.ts';

/** Calls any operation of the spec, typed by its operationId. */
export type Call = <Id extends OperationId>(id: Id, ...input: InputOf<Id>) => Promise<CallReply<Id>>;

/** The input may be left out where nothing in it is needed. */
export type InputOf<Id extends OperationId> =
  Record<never, never> extends CallInput<Id> ? [input?: CallInput<Id>] : [input: CallInput<Id>];

/** Build, authorise, limit, send, read, repeat; a 401 is answered once with another token, because a refused request was not carried out. */
export function createCall(settings: Settings): Call {
  const tokens = tokenSource(settings);
  const run = async (id: OperationId, input: LooseInput, signal: AbortSignal): Promise<unknown> => {
    const request = buildRequest(id, { input, settings });
    const context = { settings, operationId: id, signal, timeoutMs: input.timeoutMs, priority: input.priority };
    // The one operation without a token. Asking with a refresh token kills it (B038), so only a service token may be used twice.
    if (id === 'issueAccessToken')
      return repeat(request, { ...context, isHarmless: Object.hasOwn(input.body ?? {}, 'serviceToken') });
    const once = async (): Promise<{ token: string; response: Response }> => {
      const token = await abortable(checkedToken(tokens, id), signal);
      request.headers.set('Authorization', `Bearer ${token}`);
      return { token, response: await observed(request.method, context) };
    };
    const observed = async (method: string, { operationId }: { readonly operationId: string }): Promise<Response> => {
      const startedAt = settings.clock.now();
      settings.hooks.onRequest?.({ operationId, method });
      const response = await attempt(request, context);
      settings.hooks.onResponse?.({
        operationId,
        method,
        status: response.status,
        ms: settings.clock.now() - startedAt,
      });
      return response;
    };
    const send = async (): Promise<Response> => {
      let { token, response } = await once();
      if (response.status === 401 && tokens.refused(token)) ({ token, response } = await once());
      return response;
    };
    const reply = await repeat(request, { ...context, send });
    const { data, status, headers } = reply;
    // A list that ends just where HubEx cuts it is not a list anybody wanted.
    if (
      operations[id].ranged &&
      status === 200 &&
      !headers.has('Content-Range') &&
      entries(data ?? {}).length === 10_000
    )
      throw cut(id, 10_000);
    return reply;
  };
  const withDeadline = async (id: OperationId, input: LooseInput = {}): Promise<unknown> => {
    const { signal, deadlineMs = settings.deadlineMs } = input;
    const controller = new AbortController();
    let isLate = false;
    const abort = (): void => controller.abort(signal?.reason);
    const cancel = settings.clock.after(deadlineMs, () => {
      isLate = true;
      controller.abort();
    });
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort();
    try {
      return await run(id, input, controller.signal);
    } catch (error) {
      if (!isLate || !isHubexError(error, 'hubex/aborted')) throw error;
      const message = `${id} did not end within ${deadlineMs} ms, waiting for the rate limit and repetitions included. Raise deadlineMs or try later.`;
      throw new HubexError('hubex/timeout', message, { operationId: id });
    } finally {
      cancel();
      signal?.removeEventListener('abort', abort);
    }
  };
  // The pipeline is the same for every operation; the types of each come from the spec.
  return withDeadline as Call;
}

function tokenSource({ credentials, ...settings }: Settings): TokenSource {
  if ('tokenSource' in credentials) return credentials.tokenSource;
  if ('accessToken' in credentials) return fixedToken(credentials.accessToken);
  const issue =
    'refreshToken' in credentials
      ? issueFromChain(credentials, { credentials, ...settings })
      : () => issueFrom(credentials.serviceToken, { credentials, ...settings });
  return renewingToken(issue, settings.clock.now);
}

/** Stops waiting for a shared token request without ending it for the others. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    // The attempt that follows finds the signal aborted and says so in the client's own words.
    const stop = (): void => resolve('' as T);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const settle = (end: () => void): void => {
      signal.removeEventListener('abort', stop);
      end();
    };
    promise.then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
  });
}
