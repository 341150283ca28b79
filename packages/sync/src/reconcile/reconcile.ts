import type { Engine } from '../engine.ts';
import type { Offer } from '../engine-settings.ts';
import type { SyncInbox } from '../inbox/sync-inbox.ts';
import { toState } from '../resolver/asset-state.ts';
import { digest } from '../resolver/digest.ts';
import { pageRows } from '../resolver/resolve.ts';
import type { AssetRows, AssetSource } from '../resolver/source.ts';
import { SyncError } from '../sync-error.ts';

/** How far a walk through the list has come. */
export interface ReconcileProgress {
  readonly rows: number;
  readonly total: number;
  /** Assets that differ from the snapshot so far: new, changed, gone. */
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
}

/** Who takes differences: see `Engine`. */
export type DifferenceSink = Pick<Engine, 'moment' | 'offer' | 'forget' | 'idle' | 'learn' | 'pendingIn'>;

/** What a walk needs. */
export interface ReconcileSettings {
  readonly tenantId: number;
  readonly source: AssetSource;
  readonly inbox: SyncInbox;
  /** Gets the differences: an engine, or whoever only wants to open marks; undefined: only count them. */
  readonly engine: DifferenceSink | undefined;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: ReconcileProgress) => void) | undefined;
  /** A walk that was interrupted before this time missed what happened since: it starts again. Default 0: it may be resumed. */
  readonly freshSince?: number;
}

/** Where an interrupted walk goes on. */
interface Cursor {
  readonly startedAt: number;
  readonly row: number;
  readonly id: number;
  readonly progress: ReconcileProgress;
}

const cursorName = 'reconcile';

/**
 * Walks through all assets, page after page, and compares them with what the handlers have been given: what is new, looks different
 * or is gone is handed to the engine. Pages overlap by one row, so a row that moved up because another was deleted is not missed.
 * The comparison sees what a list row shows; a change of, say, the notes of an asset alone is invisible to it.
 */
export async function reconcile(settings: ReconcileSettings): Promise<ReconcileProgress> {
  const { tenantId, source, inbox, engine, now, signal, onProgress, freshSince = 0 } = settings;
  let cursor = await readCursor(inbox, freshSince, now());
  for (;;) {
    signal.throwIfAborted();
    const moment = engine?.moment() ?? 0;
    // One row back: it shows whether rows have moved since the last page.
    const offset = Math.max(0, cursor.row - 1);
    const page = await source.page({ offset, size: pageRows }, { priority: 'spare', signal });
    engine?.learn(page);
    const [firstId, lastId] = [page.rows[0]?.id ?? Number.POSITIVE_INFINITY, page.rows.at(-1)?.id ?? cursor.id];
    if (offset > 0 && firstId > cursor.id) {
      // Rows before this page have gone, and others have taken their places unseen: look further up.
      cursor = { ...cursor, row: Math.max(0, Math.min(offset, page.total) - pageRows) };
      continue;
    }
    const isLast = page.first + page.rows.length >= page.total;
    if (!isLast && lastId <= cursor.id && offset > 0) throw unordered(page, cursor.id);
    const through = isLast ? 2 ** 31 - 1 : lastId;
    const known = await inbox.snapshots({ tenantId, above: cursor.id, through });
    const offers = differences(page, { above: cursor.id, known });
    if (offers.some(({ kind }) => kind === 'gone')) await confirmGone(offers, settings);
    // Whatever is under way is read once more: it may have begun before a change that no delivery told.
    const counted = new Set(offers.map(({ assetId }) => assetId));
    const underway = (engine?.pendingIn(cursor.id, through) ?? []).filter((id) => !counted.has(id));
    await engine?.offer(
      [...offers, ...underway.map((assetId) => ({ assetId, state: null }))].map(({ assetId, state }) => ({
        assetId,
        state,
      })),
      moment,
    );
    const count = (kind: Difference['kind']): number => offers.filter((offer) => offer.kind === kind).length;
    const { progress } = cursor;
    const further: ReconcileProgress = {
      rows: page.first + page.rows.length,
      total: page.total,
      added: progress.added + count('added'),
      changed: progress.changed + count('changed'),
      gone: progress.gone + count('gone'),
    };
    onProgress?.(further);
    cursor = { ...cursor, row: page.first + page.rows.length, id: Math.max(cursor.id, lastId), progress: further };
    if (engine) await inbox.write(cursorName, isLast ? undefined : JSON.stringify(cursor));
    if (isLast) {
      engine?.forget();
      return further;
    }
    // Not ahead of the handlers by more than a page: states would only get old, and memory is finite.
    await engine?.idle(pageRows);
  }
}

/**
 * Absence is believed only if a single read of some of the absent agrees: a list that suddenly hides what can be read (rights taken
 * away, a broken filter) must not empty the mirror.
 */
async function confirmGone(offers: readonly Difference[], { source, signal }: ReconcileSettings): Promise<void> {
  const gone = offers.filter(({ kind }) => kind === 'gone');
  const sample = new Set([gone[0], gone[gone.length >> 1], gone.at(-1)]);
  let there = 0;
  for (const each of sample) {
    const asset = each && (await source.get(each.assetId, { priority: 'spare', signal }));
    if (asset && asset.deleted == null) there++;
  }
  if (there < sample.size || there === 0) return;
  throw new SyncError(
    'sync/list-disagrees',
    `The list of assets lacks ${gone.length} that are known here, but those tried (${there}) can still be read. Nothing was taken for gone; check the permissions of the API user.`,
  );
}

interface Difference extends Offer {
  readonly kind: 'added' | 'changed' | 'gone';
}

function differences(
  page: AssetRows,
  context: { readonly above: number; readonly known: ReadonlyMap<number, { readonly digest: string }> },
): readonly Difference[] {
  const { above, known } = context;
  const rows = page.rows.filter(({ id }) => id > above);
  const there = new Set(rows.map(({ id }) => id));
  const gone = [...known.keys()]
    .filter((id) => !there.has(id))
    .map((assetId) => ({ kind: 'gone' as const, assetId, state: null }));
  const other = rows.flatMap((row): Difference[] => {
    const state = toState(row);
    const before = known.get(row.id);
    if (before?.digest === digest(state)) return [];
    return [{ kind: before ? 'changed' : 'added', assetId: row.id, state }];
  });
  return [...gone, ...other];
}

async function readCursor(inbox: SyncInbox, freshSince: number, now: number): Promise<Cursor> {
  const start: Cursor = {
    startedAt: now,
    row: 0,
    id: 0,
    progress: { rows: 0, total: 0, added: 0, changed: 0, gone: 0 },
  };
  const text = await inbox.read(cursorName);
  if (text === undefined) return start;
  const kept = JSON.parse(text) as Cursor; // written below, by us
  return kept.startedAt >= freshSince ? kept : start;
}

function unordered(page: AssetRows, id: number): SyncError {
  const { first, total } = page;
  return new SyncError(
    'sync/unordered-list',
    `The list of assets is not in the order of ids: rows ${first + 1} to ${first + page.rows.length} of ${total} should be above ${id}. Report this; reconcile cannot work on such a list.`,
  );
}
