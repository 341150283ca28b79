import type { DirtyKey } from './dirty-keys/dirty-keys.ts';
import type { EngineSettings } from './engine-settings.ts';
import type { AssetState } from './resolver/asset-state.ts';
import { digest } from './resolver/digest.ts';
import type { SyncErrorCode } from './sync-error.ts';

/** Why a job did not come to its end. */
export interface WorkProblem {
  readonly code: SyncErrorCode;
  readonly message: string;
  readonly cause: unknown;
}

/** Calls the handler, and notes in the inbox that the job is done; undefined when both went well. Never rejects. */
export async function workOff(
  { assetId, failures, taken: marks }: DirtyKey,
  { state, settings }: { readonly state: AssetState | null; readonly settings: EngineSettings },
): Promise<WorkProblem | undefined> {
  const { inbox, tenantId, onAsset, onGone } = settings;
  const why = { marks, attempt: failures + 1 };
  try {
    if (state) await onAsset(state, why);
    else await onGone(assetId, why);
  } catch (cause) {
    return {
      code: 'sync/handler-failed',
      message: `The handler failed for asset ${assetId}; it will be called again.`,
      cause,
    };
  }
  try {
    await inbox.finish(
      { tenantId, assetId },
      marks.at(-1)?.sequence ?? 0,
      state ? { digest: digest(state) } : undefined,
    );
    return undefined;
  } catch (cause) {
    const message = `The inbox could not note that asset ${assetId} is done; the handler will be called again.`;
    return { code: 'sync/inbox-failed', message, cause };
  }
}
