import type { AssetEvent, AssetEventName, HubexEvent, UnknownEvent } from '@hubex-kit/contract';

type EventNamed<Name> = Name extends 'unknown' ? UnknownEvent : Extract<AssetEvent, { readonly name: Name }>;

/** One function for every event there is and one for the rest: stops compiling when the spec gains an event. */
export type ExhaustiveCases<Result> = {
  readonly [Name in AssetEventName | 'unknown']: (event: EventNamed<Name>) => Result;
};

/** Some events, and `_` for all others. */
export type LenientCases<Result> = Partial<ExhaustiveCases<Result>> & { readonly _: (event: HubexEvent) => Result };

/**
 * Picks the function for an event and returns what it returns.
 *
 * @throws TypeError if there is none, which TypeScript does not let happen.
 *
 * @example
 * match(event, { 'asset.deleted': ({ assetId }) => forget(assetId), _: ({ assetId }) => assetId && refresh(assetId) });
 */
export function match<Result>(event: HubexEvent, cases: ExhaustiveCases<Result> | LenientCases<Result>): Result {
  const others = '_' in cases ? cases._ : undefined;
  // The case of a name takes the event of that name, which TypeScript cannot follow through the lookup.
  const run = (cases[event.name] ?? others) as ((event: HubexEvent) => Result) | undefined;
  if (!run) throw new TypeError(`match: there is no case for ${event.name}, and none for all others; add one, or _.`);
  return run(event);
}
