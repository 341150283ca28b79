const { createReceiver } = require('@hubex-kit/sdk/receiver');

/** The program under test: a list of the equipment there is, by serial number. */
class Stock {
  /** @type {Map<string, string>} */
  bySerial = new Map();

  /**
   * A receiver that looks up what happened to each asset.
   * @param {import('@hubex-kit/sdk/client').HubexClient} hubex
   * @param {string} secret
   */
  receiver(hubex, secret) {
    return createReceiver({ secrets: secret }).on('*', async ({ assetId }) => {
      const asset = assetId === null ? undefined : await hubex.assets.get(assetId);
      if (asset?.serialNumber && !asset.deleted) this.bySerial.set(asset.serialNumber, asset.name ?? '');
    });
  }
}

module.exports = { Stock };
