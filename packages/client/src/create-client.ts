import { nearest } from '@hubex-kit/contract/nearest';
import type { OperationId } from '@hubex-kit/contract/operations';
import * as routes from '@hubex-kit/contract/routes';
import { tokensOf } from './auth/credentials.ts';
import { refreshChain } from './auth/refresh-chain.ts';
import { renewingToken } from './auth/token-source.ts';
import { badOption } from './check.ts';
import { type AssetsGroup, assetsGroup } from './groups/assets.ts';
import { type EventsGroup, eventsGroup } from './groups/events.ts';
import { type VariablesGroup, variablesGroup } from './groups/variables.ts';
import { type WebhooksGroup, webhooksGroup } from './groups/webhooks.ts';
import { type ClientOptions, readOptions } from './options.ts';
import { type Call, createCall, type InputOf } from './send/call.ts';
import type { CallReply } from './send/typed.ts';

/** Calls any operation of the spec by its operationId, with status and headers. */
export type CallById = <Id extends OperationId>(id: Id, ...input: InputOf<Id>) => Promise<CallReply<Id>>;

/** HubEx, typed. */
export interface HubexClient {
  readonly events: EventsGroup;
  readonly webhooks: WebhooksGroup;
  readonly assets: AssetsGroup;
  readonly variables: VariablesGroup;
  /** How many calls could be made now without waiting; Infinity without a limit. */
  readonly limiter: { available(): number };
  readonly call: CallById;
}

/**
 * Makes a client. Nothing is sent until the first call; the token is then fetched once and renewed early.
 *
 * @throws HubexError `hubex/bad-option` for options that cannot be used.
 * @example
 * const hubex = createHubexClient({ serviceToken: process.env.HUBEX_SERVICE_TOKEN });
 * for await (const asset of hubex.assets.list({ isPublished: true })) console.log(asset.id, asset.name);
 */
export function createHubexClient(options: ClientOptions): HubexClient {
  const { settings, limiter } = readOptions(options);
  const call = createCall(settings, (exchange) =>
    'refreshToken' in options
      ? renewingToken(refreshChain(options, exchange), settings.clock.now)
      : tokensOf(options, { settings, exchange }),
  );
  return {
    call: byId(call),
    events: eventsGroup(call),
    webhooks: webhooksGroup(call, settings.clock),
    assets: assetsGroup(call),
    variables: variablesGroup(call),
    limiter: { available: () => limiter?.available() ?? Number.POSITIVE_INFINITY },
  };
}

function byId(call: Call): CallById {
  const all: Readonly<Record<string, routes.Route>> = { ...routes };
  const named = async (id: string, input: never): Promise<unknown> => {
    const route = all[id];
    if (route) return (call as (route: routes.Route, input: never) => Promise<unknown>)(route, input);
    const ids = Object.keys(all);
    throw badOption('operationId', `There is no operation ${id}; did you mean ${nearest(id, ids)}?`);
  };
  // Each route has the types of its id.
  return named as CallById;
}
