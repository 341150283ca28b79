import type { OperationId } from '@hubex-kit/contract/operations';
import { createVariables } from './ADM/create-variables.ts';
import { deleteVariable } from './ADM/delete-variable.ts';
import { deleteVariables } from './ADM/delete-variables.ts';
import { listVariables } from './ADM/list-variables.ts';
import { updateVariables } from './ADM/update-variables.ts';
import { createRefreshToken } from './AUTHZ/create-refresh-token.ts';
import { getRefreshToken } from './AUTHZ/get-refresh-token.ts';
import { issueAccessToken } from './AUTHZ/issue-access-token.ts';
import { issueServiceTokens } from './AUTHZ/issue-service-tokens.ts';
import { renewToken } from './AUTHZ/renew-token.ts';
import { revokeServiceTokens } from './AUTHZ/revoke-service-tokens.ts';
import { listEvents } from './COMMON/list-events.ts';
import { countAssets } from './ES/count-assets.ts';
import { createAsset } from './ES/create-asset.ts';
import { deleteAsset } from './ES/delete-asset.ts';
import { deleteAssetFull } from './ES/delete-asset-full.ts';
import { deleteAssets } from './ES/delete-assets.ts';
import { deleteAssetsFull } from './ES/delete-assets-full.ts';
import { getAsset } from './ES/get-asset.ts';
import { listAssets } from './ES/list-assets.ts';
import { listChildAssets } from './ES/list-child-assets.ts';
import { listDescendantAssets } from './ES/list-descendant-assets.ts';
import { listRootAssets } from './ES/list-root-assets.ts';
import { publishAsset } from './ES/publish-asset.ts';
import { restoreAssets } from './ES/restore-assets.ts';
import { unpublishAsset } from './ES/unpublish-asset.ts';
import { updateAsset } from './ES/update-asset.ts';
import { updateAssets } from './ES/update-assets.ts';
import { exportAssets } from './EXPORT/export-assets.ts';
import { importAssets } from './IMPORT/import-assets.ts';
import { activateWebhook } from './MSG/activate-webhook.ts';
import { activateWebhooks } from './MSG/activate-webhooks.ts';
import { deactivateWebhook } from './MSG/deactivate-webhook.ts';
import { deactivateWebhooks } from './MSG/deactivate-webhooks.ts';
import { deleteWebhook } from './MSG/delete-webhook.ts';
import { deleteWebhooks } from './MSG/delete-webhooks.ts';
import { getWebhook } from './MSG/get-webhook.ts';
import { listWebhooks } from './MSG/list-webhooks.ts';
import { mergeWebhooks } from './MSG/merge-webhooks.ts';
import type { Operation } from './operation.ts';

/** Every operation of the spec; leaving one out does not compile. */
export const operationTable: { readonly [Id in OperationId]: Operation<Id> } = {
  issueAccessToken,
  createRefreshToken,
  getRefreshToken,
  renewToken,
  issueServiceTokens,
  revokeServiceTokens,
  listEvents,
  listWebhooks,
  mergeWebhooks,
  deleteWebhooks,
  getWebhook,
  deleteWebhook,
  activateWebhooks,
  activateWebhook,
  deactivateWebhooks,
  deactivateWebhook,
  listAssets,
  countAssets,
  createAsset,
  updateAssets,
  deleteAssets,
  deleteAssetsFull,
  restoreAssets,
  listRootAssets,
  getAsset,
  updateAsset,
  deleteAsset,
  deleteAssetFull,
  publishAsset,
  unpublishAsset,
  listChildAssets,
  listDescendantAssets,
  listVariables,
  createVariables,
  updateVariables,
  deleteVariables,
  deleteVariable,
  importAssets,
  exportAssets,
};
