import type { AssetAdd } from '@hubex-kit/contract';
import { createAsset as createOne } from '@hubex-kit/contract/routes';
import { HubexError, isHubexError } from '../error.ts';
import type { Call } from '../send/call.ts';
import type { CallOptions } from '../send/typed.ts';

/** The asset a creation is about. */
export interface CreatedAsset {
  readonly id: number;
  readonly name: string | undefined;
  /** false when the concurrencyStamp had been used before and this is the asset it created then. */
  readonly created: boolean;
}

/** Creates an asset; a repeated stamp leads to the asset it created before (B169). */
export async function createAsset(
  call: Call,
  order: CallOptions & { readonly asset: AssetAdd; readonly concurrencyStamp?: string },
): Promise<CreatedAsset> {
  const { asset, concurrencyStamp, ...options } = order;
  const stamp: Record<string, string> =
    concurrencyStamp === undefined ? {} : { 'X-Concurrency-Stamp': concurrencyStamp };
  try {
    const { data } = await call(createOne, { ...options, headers: { ...options.headers, ...stamp }, body: asset });
    if (data) return { id: data.id, name: data.name ?? undefined, created: true };
  } catch (error) {
    const existing = concurrencyStamp === undefined ? undefined : alreadyCreated(error);
    if (existing) return existing;
    throw error;
  }
  throw new HubexError('hubex/unexpected-reply', 'createAsset: HubEx answered without the id of the asset.', {
    operationId: 'createAsset',
  });
}

/** The 409 to a repeated stamp holds the asset itself instead of error models. */
function alreadyCreated(error: unknown): CreatedAsset | undefined {
  if (!isHubexError(error) || error.status !== 409) return undefined;
  const [first] = error.errors;
  if (!first || !('id' in first) || typeof first.id !== 'number' || first.code != null) return undefined;
  const name = 'name' in first && typeof first.name === 'string' ? first.name : undefined;
  return { id: first.id, name, created: false };
}
