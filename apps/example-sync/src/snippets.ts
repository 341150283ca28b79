import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createInterface } from 'node:readline';
import type { HubexClient } from '@hubex-kit/sdk/client';
import { createReceiver } from '@hubex-kit/sdk/receiver';
import { toNodeHandler } from '@hubex-kit/sdk/receiver/node-http';
import { type AssetState, type AssetSync, createAssetSync } from '@hubex-kit/sdk/sync';
import { openSqliteInbox } from '@hubex-kit/sdk/sync/sqlite';

// What docs/…/integrate/sync.md shows: regions of this file, run by its test.

/** What the reader of the page has already. */
export interface Surroundings {
  readonly client: HubexClient;
  readonly tenantId: number;
  readonly file: string;
  readonly port: number;
  readonly secret: string;
  readonly uri: string;
  readonly save: (state: AssetState) => void;
  readonly remove: (assetId: number) => void;
}

/** Starts to keep a copy. */
export async function keepCopy(
  given: Surroundings,
): Promise<{ sync: AssetSync; server: Server; close(): Promise<void> }> {
  const { client, tenantId, file, port, secret, uri, save, remove } = given;
  // #region keep a copy
  const inbox = await openSqliteInbox(file);
  const receiver = createReceiver({ secrets: secret, inbox });
  const sync = createAssetSync({
    client,
    receiver,
    tenantId,
    // Registered, watched and switched on again. Best an address with a variable of HubEx: https://your.host/hook?key=${hubexKey}
    webhook: { name: 'mirror', uri },
    onAsset: (state) => save(state),
    onGone: (assetId) => remove(assetId),
  });
  const server = createServer(toNodeHandler(receiver)).listen(port);
  await sync.start();
  // #endregion

  const close = async (): Promise<void> => {
    // #region stop
    server.close();
    await sync.stop();
    await inbox.close();
    // #endregion
  };
  return { sync, server, close };
}

/** Reads what belongs to an asset, and does once what must not repeat. */
export function greet(
  client: HubexClient,
  options: {
    readonly tenantId: number;
    readonly file: string;
    readonly sendLetter: (asset: string, site: string) => Promise<void>;
  },
): Promise<AssetSync> {
  const { tenantId, file, sendLetter } = options;
  const open = async (): Promise<AssetSync> => {
    // #region once
    const sync = createAssetSync({
      client,
      inbox: await openSqliteInbox(file),
      tenantId,
      async onAsset(state, { marks }) {
        const site = state.parentID == null ? undefined : await sync.read(state.parentID);
        if (marks.some(({ eventId }) => eventId === 40))
          await sync.once(`letter-${state.id}`, () => sendLetter(state.name ?? '', site?.name ?? ''));
      },
      onGone: () => undefined,
    });
    // #endregion
    return sync;
  };
  return open();
}

/** Keeps deliveries as lines of JSON, and takes them up elsewhere. */
export async function move(sync: AssetSync, other: AssetSync, path: string): Promise<void> {
  // #region export and import
  const lines = createWriteStream(path);
  for await (const line of sync.export({ since: Date.parse('2026-03-01') })) lines.write(`${line}\n`);
  await once(lines.end(), 'finish');
  await other.import(createInterface({ input: createReadStream(path) }));
  // #endregion
}
