import type { ApiFault } from '../faults/api-fault.ts';
import type { Hit } from '../faults/fault-plan.ts';
import type { Transmission } from '../transmission/transmission.ts';
import { breakBody } from './broken-body.ts';
import { faultReply } from './fault-reply.ts';
import type { ApiReply, ApiRequest } from './seam.ts';

/** What a faulty answer needs of the world. */
export interface FaultContext {
  /** Carries the request out and answers it as if nothing were wrong. */
  readonly answer: () => ApiReply;
  /** Runs `read` as if the last so many writing calls had not been. */
  readonly rewound: <Result>(changes: number, read: () => Result) => Result;
  /** Makes an access token unknown. */
  readonly forgetToken: (jwt: string) => void;
  readonly now: number;
  /** The permission the operation needs; null for none. */
  readonly permission: string | null;
  /** A new trace identifier. */
  readonly trace: () => string;
}

/** An answer with its faults, and the milliseconds it is to wait by the clock of the tenant. */
export interface FaultyAnswer {
  readonly reply: ApiReply;
  readonly waitMs: number;
}

/** Answers a request that faults hit: part by part, from what is answered to how its bytes go out. */
export function faultyAnswer(
  request: ApiRequest,
  { hits, context }: { hits: readonly Hit<ApiFault>[]; context: FaultContext },
): FaultyAnswer {
  const of = (part: Hit<ApiFault>['part']): Hit<ApiFault> | undefined => hits.find((hit) => hit.part === part);
  const wire = of('wire')?.fault;
  const isLost = wire !== undefined && 'carriedOut' in wire && !wire.carriedOut;
  // What never reached HubEx has no answer whose length could be told.
  let reply = isLost
    ? { status: 200, headers: {}, body: undefined }
    : answered(request, { fault: of('answer')?.fault, context });
  for (const part of ['body', 'type'] as const) {
    const fault = of(part)?.fault;
    if (fault && reply.body !== undefined) reply = breakBody(reply, fault);
  }
  const time = of('time');
  const waitMs = time?.fault.kind === 'latency' ? time.fault.ms + time.randomness.below(time.fault.jitterMs + 1) : 0;
  const transmission = wire && transmissionOf(wire, byteLength(reply));
  return { reply: transmission ? { ...reply, transmission } : reply, waitMs };
}

function answered(
  request: ApiRequest,
  { fault, context }: { fault: ApiFault | undefined; context: FaultContext },
): ApiReply {
  if (!fault) return context.answer();
  switch (fault.kind) {
    case 'stale-read':
      return context.rewound(fault.changes, context.answer);
    case 'expired-token': {
      const jwt = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization?.trim() ?? '')?.[1];
      if (jwt !== undefined) context.forgetToken(jwt);
      return context.answer();
    }
    case 'silent-cut':
      return cutRows(context.answer(), fault.rows);
    default:
      if ('carriedOut' in fault && fault.carriedOut) context.answer();
      return faultReply(request, { fault, context });
  }
}

/** B058: an unranged list is cut without a word. */
function cutRows(reply: ApiReply, rows: number): ApiReply {
  if (reply.status !== 200 || typeof reply.body !== 'string') return reply;
  const value: unknown = JSON.parse(reply.body);
  if (typeof value !== 'object' || value === null || !Object.keys(value).every((key) => /^\d+$/.test(key)))
    return reply;
  return { ...reply, body: JSON.stringify(Object.fromEntries(Object.entries(value).slice(0, rows))) };
}

function transmissionOf(fault: ApiFault, length: number): Transmission | undefined {
  switch (fault.kind) {
    case 'connection-reset':
      return { kind: 'reset', afterBytes: fault.afterBytes };
    case 'silence':
      return { kind: 'silence', afterBytes: fault.afterBytes };
    case 'truncated-body':
      return { kind: 'cut', afterBytes: fault.afterBytes ?? Math.floor(length / 2) };
    case 'slow-body':
      return { kind: 'slow', bytesPerSecond: fault.bytesPerSecond };
    default:
      return undefined;
  }
}

function byteLength({ body }: ApiReply): number {
  return typeof body === 'string' ? new TextEncoder().encode(body).byteLength : (body?.byteLength ?? 0);
}
