const { HUBEX_WEBHOOK_SECRET: current = '', HUBEX_FORMER_SECRET: former = '' } = process.env;

/** What the recipes did, for whoever runs them. */
export const log: unknown[] = [];
const warn = (...words: unknown[]): void => void log.push(['warn', ...words]);
const forget = (assetId: number): void => void log.push(['forget', assetId]);

// #region receiver.ts
import { createReceiver, redactUrl } from '@hubex-kit/sdk/receiver';

export const receiver = createReceiver({
  secrets: [current, former], // two while you change them: HubEx may use either
  tenants: [105], // what other tenants send goes to quarantine
  onError: (error) => warn(error.code, error.message),
  onUnknown: ({ id, payload }) => warn('not an asset event', id, payload.TaskID),
  onQuarantine: ({ reason, text }) => warn(reason, text),
}).on('asset.deleted', ({ assetId }) => forget(assetId));

warn(redactUrl(`https://own.example/hubex?key=${current}`)); // https://own.example/hubex?key=***
// #endregion
