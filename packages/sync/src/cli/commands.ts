import type { HubexClient } from '@hubex-kit/client';
import { examine } from '../doctor/doctor.ts';
import type { InboxCounts, SyncInbox } from '../inbox/sync-inbox.ts';
import { type DifferenceSink, reconcile } from '../reconcile/reconcile.ts';
import { allRecords, replay } from '../replay.ts';
import { assetSource } from '../resolver/asset-source.ts';
import { type Arguments, pointInTime, UsageError, wholeNumber } from './arguments.ts';

/** What a command works with. `client` and `tenantId` ask HubEx only when they are used. */
export interface Surroundings {
  readonly inbox: SyncInbox;
  readonly client: () => HubexClient;
  readonly tenantId: () => Promise<number>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** How many of how many assets or records have been looked at. */
  readonly onProgress: (done: number, total: number) => void;
}

/** What a command found: the document for --json, lines for people, and whether all is well. */
export interface Report {
  readonly json: object;
  readonly lines: readonly string[];
  readonly well: boolean;
}

const hour = 3_600_000;

/** How the webhook is; with a uri it is also put right. */
export async function doctor({ values }: Arguments, around: Surroundings): Promise<Report> {
  const { webhook: name, uri } = values;
  if (typeof name !== 'string') throw new UsageError('doctor needs --webhook NAME, the name of the webhook in HubEx.');
  if (typeof uri === 'string' && !values['dry-run']) {
    const { inbox, now } = around;
    const diagnosis = await examine({ client: around.client(), inbox, webhook: { name, uri }, now });
    const { treatment, callsRemaining, outage, lastFailure } = diagnosis;
    const done = {
      none: 'is well',
      created: 'was registered',
      updated: 'was corrected',
      reactivated: 'was switched on again',
    };
    return {
      json: diagnosis,
      lines: [
        `Webhook ${name} (${diagnosis.webhookId}) ${done[treatment]}; ${callsRemaining ?? '?'} of 10 calls left.`,
        ...(lastFailure ? [`Its last failure: ${lastFailure}`] : []),
        ...(outage && treatment !== 'created' ? ['Events may have been lost. Run: hubex-sync reconcile'] : []),
      ],
      well: true,
    };
  }
  const client = around.client();
  const found = (await client.webhooks.list()).filter((webhook) => webhook.name === name);
  const [listed, second] = found;
  if (!listed) {
    const lines = [`There is no webhook named ${name}. Register it: hubex-sync doctor --webhook ${name} --uri ADDRESS`];
    return { json: { webhook: name, found: false }, lines, well: false };
  }
  if (second) {
    const lines = [
      `There are ${found.length} webhooks named ${name}: ${found.map(({ id }) => id).join(', ')}. Every event comes that often; delete all but one.`,
    ];
    return { json: { webhook: name, found: found.length }, lines, well: false };
  }
  const { id, isActive, callsRemaining } = listed;
  const details = await client.webhooks.get(id);
  const exception = details?.lastCall?.exception ?? undefined;
  const low = callsRemaining != null && callsRemaining < 10;
  const lines = [
    `Webhook ${name} (${id}) is ${isActive ? 'on' : 'OFF'}; ${callsRemaining ?? '?'} of 10 calls left.`,
    ...(exception ? [`Its last call failed: ${exception}`] : []),
    ...(isActive
      ? []
      : [
          `HubEx sends nothing and keeps nothing. Repair: hubex-sync doctor --webhook ${name} --uri ADDRESS, then hubex-sync reconcile`,
        ]),
    ...(isActive && low
      ? ['The last calls failed and are not repeated. See that the receiver answers 2xx, then: hubex-sync reconcile']
      : []),
  ];
  return {
    json: { webhook: name, id, isActive, callsRemaining, lastFailure: exception },
    lines,
    well: isActive && !low,
  };
}

/** Compares all assets with the copy; differences become open marks. */
export async function compare({ values }: Arguments, around: Surroundings): Promise<Report> {
  const { inbox, now, signal, onProgress } = around;
  const tenantId = await around.tenantId();
  const dryRun = values['dry-run'] === true;
  const sink: DifferenceSink = {
    moment: () => 0,
    pendingIn: () => [],
    forget: () => undefined,
    learn: () => undefined,
    idle: async () => undefined,
    offer: (offers) =>
      inbox.mark(
        offers.map(({ assetId }) => ({ tenantId, assetId })),
        'reconcile',
        now(),
      ),
  };
  const source = assetSource(around.client());
  const result = await reconcile({
    ...{ tenantId, source, inbox, now, signal },
    onProgress: ({ rows, total: all }) => onProgress(rows, all),
    engine: dryRun ? undefined : sink,
    freshSince: now() - hour,
  });
  const differences = result.added + result.changed + result.gone;
  const { total, added, changed, gone } = result;
  return {
    json: { ...result, dryRun },
    lines: [
      `${total} assets compared: ${added} not in the copy, ${changed} look different, ${gone} gone.`,
      ...(differences === 0
        ? []
        : [dryRun ? 'Nothing was changed.' : 'They are in the inbox; the running program works them off.']),
    ],
    well: !dryRun || differences === 0,
  };
}

/** Works kept deliveries off once more. */
export async function again({ values }: Arguments, { inbox, now, onProgress }: Surroundings): Promise<Report> {
  const since = pointInTime('since', values.since, now());
  const assetId = wholeNumber('asset', values.asset);
  const eventId = wholeNumber('event', values.event);
  const filter = {
    ...(since !== undefined && { since }),
    ...(assetId !== undefined && { assetId }),
    ...(eventId !== undefined && { eventId }),
  };
  if (values['dry-run'] === true) {
    const keys = new Set<string>();
    for await (const record of allRecords(inbox, { ...filter, kind: 'mark' }))
      keys.add(`${record.tenantId}:${record.assetId}`);
    return {
      json: { assets: keys.size, dryRun: true },
      lines: [`${keys.size} assets would be read anew. Nothing was changed.`],
      well: true,
    };
  }
  const { records } = await inbox.counts();
  const onRead = (read: number): void => onProgress(Math.min(read, records), records);
  const result = await replay(inbox, filter, { now: now(), onRead });
  const lines = [`${result.assets} assets are dirty again, ${result.recovered} bodies left quarantine.`];
  return { json: result, lines, well: true };
}

/** What waits, how old it is, and what is in quarantine. */
export async function contents({ values }: Arguments, { inbox, now }: Surroundings): Promise<Report> {
  const counts: InboxCounts = await inbox.counts();
  const junk = await inbox.records({ kind: 'junk' }, wholeNumber('limit', values.limit) ?? 10);
  const { oldest, dirty, records, quarantined } = counts;
  const age = oldest === undefined ? '' : `, the oldest for ${Math.round((now() - oldest) / 1000)} s`;
  const quarantine = junk.map(({ sequence, receivedAt, reason, text }) => ({
    sequence,
    receivedAt: new Date(receivedAt).toISOString(),
    reason,
    text: text.slice(0, 200),
  }));
  return {
    json: { ...counts, quarantine },
    lines: [
      `${dirty} assets wait${age}. ${records} records are kept.`,
      `${quarantined} bodies are in quarantine${quarantined === 0 ? '.' : ':'}`,
      ...quarantine.map(({ sequence, receivedAt, reason, text }) => `  ${sequence}  ${receivedAt}  ${reason}  ${text}`),
    ],
    well: true,
  };
}
