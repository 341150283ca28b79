import type { OperationId } from '@hubex-kit/contract/operations';
import { issueFrom } from '../auth/service-token.ts';
import { fixedToken, renewingToken, type TokenSource } from '../auth/token-source.ts';
import type { Settings } from '../options.ts';
import { attempt } from './attempt.ts';
import { buildRequest } from './build.ts';
import { readReply } from './read.ts';
import type { CallInput, CallReply, LooseInput } from './typed.ts';

/** Calls any operation of the spec, typed by its operationId. */
export type Call = <Id extends OperationId>(id: Id, ...input: InputOf<Id>) => Promise<CallReply<Id>>;

/** The input may be left out where nothing in it is needed. */
export type InputOf<Id extends OperationId> =
  Record<never, never> extends CallInput<Id> ? [input?: CallInput<Id>] : [input: CallInput<Id>];

/** Build, authorise, send, read; a 401 is answered once with another token, because a refused request was not carried out. */
export function createCall(settings: Settings): Call {
  const tokens = tokenSource(settings);
  const run = async (id: OperationId, input: LooseInput = {}): Promise<unknown> => {
    const request = buildRequest(id, { input, settings });
    const { signal, timeoutMs } = input;
    const context = { settings, operationId: id, signal, timeoutMs };
    if (id === 'issueAccessToken') return readReply(await attempt(request, context), id);
    const send = async (): Promise<{ token: string; response: Response }> => {
      const token = await abortable(tokens.get(), signal);
      request.headers.set('Authorization', `Bearer ${token}`);
      return { token, response: await attempt(request, context) };
    };
    let { token, response } = await send();
    if (response.status === 401 && tokens.refused(token)) ({ token, response } = await send());
    return readReply(response, id);
  };
  // The pipeline is the same for every operation; the types of each come from the spec.
  return run as Call;
}

function tokenSource({ credentials, ...settings }: Settings): TokenSource {
  if ('tokenSource' in credentials) return credentials.tokenSource;
  if ('accessToken' in credentials) return fixedToken(credentials.accessToken);
  return renewingToken(() => issueFrom(credentials.serviceToken, { credentials, ...settings }), settings.now);
}

/** Stops waiting for a shared token request without ending it for the others. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    // The attempt that follows finds the signal aborted and says so in the client's own words.
    const stop = (): void => resolve('' as T);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
