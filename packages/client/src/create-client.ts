import { type AssetsGroup, assetsGroup } from './groups/assets.ts';
import { type EventsGroup, eventsGroup } from './groups/events.ts';
import { type VariablesGroup, variablesGroup } from './groups/variables.ts';
import { type WebhooksGroup, webhooksGroup } from './groups/webhooks.ts';
import { type ClientOptions, readOptions } from './options.ts';
import { type Call, createCall } from './send/call.ts';

/** HubEx, typed. */
export interface HubexClient {
  readonly events: EventsGroup;
  readonly webhooks: WebhooksGroup;
  readonly assets: AssetsGroup;
  readonly variables: VariablesGroup;
  /** How many calls could be made now without waiting; Infinity without a limit. */
  readonly limiter: { available(): number };
  /** Any operation of the spec by its operationId, with status and headers. */
  readonly call: Call;
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
  const settings = readOptions(options);
  const call = createCall(settings);
  return {
    call,
    events: eventsGroup(call),
    webhooks: webhooksGroup(call, settings.clock),
    assets: assetsGroup(call),
    variables: variablesGroup(call),
    limiter: { available: () => settings.limiter?.available() ?? Number.POSITIVE_INFINITY },
  };
}
