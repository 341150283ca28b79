import type { OperationDefinition } from '@hubex-kit/contract/operations';
import { refreshCookie } from '../operations/AUTHZ/refresh-cookie.ts';
import type { Outcome } from '../operations/outcome.ts';
import { type RequestedRange, silentCut } from './range.ts';
import { describeRefusal } from './refusal-reply.ts';
import type { ApiReply } from './seam.ts';

const json = { 'content-type': 'application/json; charset=utf-8' };

/** What a reply depends on besides the outcome. */
export interface ReplyContext {
  readonly definition: OperationDefinition;
  readonly range: RequestedRange;
  readonly language: 'ru' | 'en';
  readonly switches: { readonly rangeBeyondEnd: '204' | '416'; readonly unknownAssetStatus: '409' | '404' };
  readonly trace: () => string;
  readonly warn: (behaviour: string, text: string) => void;
}

/** A reply without a body. */
export function bare(status: number, headers: ApiReply['headers'] = {}): ApiReply {
  return { status, headers, body: undefined };
}

/** A reply with a JSON body (B013). */
export function withJson(status: number, value: unknown): ApiReply {
  return { status, headers: json, body: JSON.stringify(value) };
}

/** The one place that knows which status, headers and body an outcome has. */
export function toReply(outcome: Outcome, context: ReplyContext): ApiReply {
  switch (outcome.kind) {
    case 'found':
      return withJson(200, outcome.value);
    case 'nothing':
      return bare(204);
    case 'created':
      return outcome.value === undefined ? bare(201) : withJson(201, outcome.value);
    case 'accepted':
      return bare(202);
    case 'already-created':
      return withJson(409, outcome.value);
    case 'list':
      return listReply(outcome.list, context);
    case 'count':
      return bare(200, { 'content-range': `items=0-0/${outcome.total}` });
    case 'signed-in': {
      const reply = withJson(200, outcome.value);
      if (!outcome.cookie) return reply;
      const { token, seconds } = outcome.cookie;
      const cookie = `${refreshCookie}=${token}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax`;
      return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie } };
    }
    case 'no-application':
      return bare(403);
    case 'refused':
      return refusalReply(outcome, context);
    case 'not-simulated': {
      const message = `The mock does not carry out ${outcome.what} yet.`;
      return withJson(501, [{ traceIdentifier: context.trace(), code: 'NotImplemented', message }]);
    }
    default:
      return outcome satisfies never;
  }
}

/** 403 with AccessDenied for a permission the member lacks (B043). */
export function accessDenied(permission: string, context: Pick<ReplyContext, 'language' | 'trace'>): ApiReply {
  const message =
    context.language === 'ru' ? `Нет полномочия ${permission}.` : `The permission ${permission} is missing.`;
  const reply = withJson(403, [{ traceIdentifier: context.trace(), code: 'AccessDenied', message }]);
  return { ...reply, headers: { ...reply.headers, 'x-application-errors': 'AccessDenied' } };
}

/** The answer to a token that would open one tenant too many: the mock's own limit, told like a refused credential. */
export function tooManyTenants(message: string, trace: () => string): ApiReply {
  return withJson(400, [{ traceIdentifier: trace(), code: 'TooManyTenants', message }]);
}

function refusalReply({ refusals }: Extract<Outcome, { kind: 'refused' }>, context: ReplyContext): ApiReply {
  const { definition, language, switches } = context;
  const described = refusals.map((refusal) =>
    describeRefusal(refusal, {
      service: definition.service,
      language,
      unknownAssetStatus: switches.unknownAssetStatus,
    }),
  );
  const status = described[0]?.status ?? 409;
  const codes = [...new Set(described.map(({ code }) => code))].join(',');
  const traceIdentifier = context.trace();
  const reply = withJson(
    status,
    described.map(({ code, message }) => ({ traceIdentifier, code, message })),
  );
  const missing = status === 404 ? { 'x-servicefabric': 'ResourceNotFound' } : {};
  return { ...reply, headers: { ...reply.headers, 'x-application-errors': codes, ...missing } };
}

/** B050-B065, B070. */
function listReply({ total, rows }: Extract<Outcome, { kind: 'list' }>['list'], context: ReplyContext): ApiReply {
  const { range, warn } = context;
  if (total === 0) return bare(204);
  if (range.kind === 'all') {
    if (total > silentCut) warn('B058', `${total} rows were cut to ${silentCut}`);
    return withJson(200, Object.fromEntries(rows(0, silentCut)));
  }
  if (range.from >= total) return bare(Number(context.switches.rangeBeyondEnd));
  const till = Math.min(range.till, total);
  const reply = withJson(206, Object.fromEntries(rows(range.from, till)));
  return { ...reply, headers: { ...reply.headers, 'content-range': `items=${range.from + 1}-${till}/${total}` } };
}
