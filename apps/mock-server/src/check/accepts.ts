import type { OutgoingCall } from '@hubex-kit/simulator';
import { type Check, type Finding, failed, passed } from './check.ts';
import type { Probe } from './probe.ts';
import type { Shot } from './shot.ts';
import type { Exchange } from './wire/connection.ts';

/** Whether HubEx would count it as a success (B147). */
export function isAccepted(exchange: Exchange): boolean {
  return exchange.kind === 'answered' && exchange.reply.status >= 200 && exchange.reply.status < 300;
}

/** What came of a request, in a few words. Holds nothing that the receiver wrote. */
export function describe(exchange: Exchange): string {
  if (exchange.kind !== 'answered') return exchange.reason;
  const { status } = exchange.reply;
  return `answered ${status}${status >= 300 && status < 400 ? ', a redirect, which HubEx does not follow' : ''}`;
}

/** A request and, if it is not a delivery of 41, what it is made from. */
export type Volley = Shot & { readonly label: string; readonly call?: OutgoingCall };

/** A check that sends one request after the other and wants 2xx for each. */
export function accepts(volleys: (probe: Probe) => readonly Volley[]): Check['run'] {
  return async (probe) => {
    const shots = volleys(probe);
    for (const { call, ...shot } of shots) {
      const exchange = await probe.send(shot, call);
      if (!isAccepted(exchange)) return blame(shot.label, exchange);
    }
    return passed();
  };
}

/** A finding that names the request and what came of it. */
export function blame(label: string, exchange: Exchange): Finding {
  return failed(`${label}: ${describe(exchange)}`);
}
