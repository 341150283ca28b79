import type { OperationId } from '@hubex-kit/contract/operations';
import type { Route } from '@hubex-kit/contract/routes';
import { createExchange, type Exchange } from '../auth/exchange.ts';
import { checkedToken, type TokenSource } from '../auth/token-source.ts';
import { isHubexError } from '../error.ts';
import type { Settings } from '../settings.ts';
import { createSend } from './attempt.ts';
import { buildRequest } from './build.ts';
import type { LooseReply, Outgoing } from './outgoing.ts';
import { readRoute } from './route.ts';
import type { CallInput, CallReply, LooseInput } from './typed.ts';
import { within } from './within.ts';

/** Calls an operation, typed by its route. */
export type Call = <Id extends OperationId>(route: Route<Id>, ...input: InputOf<Id>) => Promise<CallReply<Id>>;

/** The input may be left out where nothing in it is needed. */
export type InputOf<Id extends OperationId> =
  Record<never, never> extends CallInput<Id> ? [input?: CallInput<Id>] : [input: CallInput<Id>];

/** Build, authorise, send; a 401 is answered once with another token, because a refused request was not carried out. */
export function createCall(settings: Settings, tokensOf: (exchange: Exchange) => TokenSource): Call {
  const send = settings.around(createSend(settings));
  const tokens = tokensOf(createExchange(settings, send));
  const authorised = async (request: Outgoing): Promise<LooseReply> => {
    for (let isSecond = false; ; isSecond = true) {
      const token = await checkedToken(tokens, request.id);
      request.headers.set('Authorization', `Bearer ${token}`);
      try {
        return await send(request);
      } catch (error) {
        if (isSecond || !isHubexError(error, 'hubex/unauthorised') || !tokens.refused(token)) throw error;
      }
    }
  };
  const call = (route: Route, input: LooseInput = {}): Promise<LooseReply> => {
    const operation = readRoute(route);
    const { deadlineMs: ms = settings.deadlineMs, signal } = input;
    const run = (inner: AbortSignal): Promise<LooseReply> => {
      const request = buildRequest(operation, { input, settings, signal: inner });
      return (operation.marks.includes('~') ? send : authorised)(request);
    };
    return within(run, { ms, field: 'deadlineMs', clock: settings.clock, signal, operationId: operation.id });
  };
  // The pipeline is the same for every operation; the types of each come from the spec.
  return call as Call;
}
