import type { HubexClient } from '@hubex-kit/sdk/client';
import { createReceiver, type Receiver } from '@hubex-kit/sdk/receiver';
import { createAssetSync, createMemoryInbox } from '@hubex-kit/sdk/sync';

/** The program under test: a list of the equipment there is, by serial number. */
export class Stock {
  readonly bySerial: Map<string, string> = new Map();

  /** A receiver that looks up what happened to each asset. */
  receiver(hubex: HubexClient, secret: string): Receiver {
    return createReceiver({ secrets: secret }).on('*', async ({ assetId }) => {
      const asset = assetId === null ? undefined : await hubex.assets.get(assetId);
      if (asset?.serialNumber && !asset.deleted) this.bySerial.set(asset.serialNumber, asset.name ?? '');
    });
  }

  /** The same on sync, which also finds what no delivery told. */
  sync(client: HubexClient, tenantId: number): ReturnType<typeof createAssetSync> {
    return createAssetSync({
      ...{ client, tenantId, inbox: createMemoryInbox(), quietMs: 0 },
      onAsset: ({ serialNumber, name }) => void (serialNumber && this.bySerial.set(serialNumber, name ?? '')),
      onGone: () => undefined,
    });
  }
}
