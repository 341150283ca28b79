import { parseArgs } from 'node:util';
import { createHubexClient, type HubexClient, isHubexError } from '@hubex-kit/sdk/client';

// Publishes every asset that has a serial number and is not published yet: the kind of job that runs at night.
// node main.js [--dry-run]        HUBEX_SERVICE_TOKEN, HUBEX_API_URL
// Exit codes: 0 done, 1 HubEx refused or could not be reached, 2 wrong use.

function connect(): HubexClient {
  // #region client
  const { HUBEX_SERVICE_TOKEN = '', HUBEX_API_URL } = process.env;
  const hubex = createHubexClient({
    serviceToken: HUBEX_SERVICE_TOKEN,
    ...(HUBEX_API_URL && { baseUrl: HUBEX_API_URL }),
    retry: { attempts: 5 },
    hooks: {
      onRetry: ({ operationId, waitMs, code }) => console.warn(`${operationId}: ${code}, again in ${waitMs} ms`),
    },
  });
  // #endregion
  return hubex;
}

/** Numbers of assets that lack nothing but publication. */
async function findReady(hubex: HubexClient): Promise<number[]> {
  // #region list
  const ready: number[] = [];
  for await (const { id, serialNumber } of hubex.assets.list({ isPublished: false, isDeleted: false })) {
    if (serialNumber) ready.push(id);
  }
  // #endregion
  return ready;
}

/** false: somebody has deleted it meanwhile. */
async function publish(hubex: HubexClient, id: number): Promise<boolean> {
  // #region errors
  try {
    await hubex.assets.publish(id);
    return true;
  } catch (error) {
    if (isHubexError(error, 'hubex/not-found')) return false;
    throw error;
  }
  // #endregion
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
  const hubex = connect();
  const ready = await findReady(hubex);
  let published = 0;
  for (const id of values['dry-run'] ? [] : ready) if (await publish(hubex, id)) published++;
  // #region response
  const { data: total, headers } = await hubex.assets.count({ isPublished: true }).withResponse();
  console.log(`${ready.length} ready, ${published} published, ${total} in all (${headers.get('Content-Range')})`);
  // #endregion
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return isHubexError(error) ? 1 : 2;
});
