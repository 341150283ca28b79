import type { AssetDetails, AssetListItem } from '@hubex-kit/contract';
import type { AssetRows, AssetSource, ReadOptions } from './source.ts';

/** Rows a list read brings at most: HubEx cuts at 10,000 (B058). */
export const pageRows = 10_000;

/** What a row number was seen to hold. */
type Anchor = readonly [row: number, id: number];

/** Told about each id once: what was read, or undefined for an asset that is not there (any more). */
export type Found = (id: number, asset: AssetListItem | AssetDetails | undefined) => void;

/** Reads many assets with few calls. */
export interface Resolver {
  /** Learns from a page somebody has read anyway. */
  learn(page: LearntPage): void;
  /**
   * Reads the ids; `found` is called as answers come. What cannot be read does not hold up the others: in the end it rejects with the
   * first error, and nothing is under way any more. Whatever was not found then has not been read.
   */
  resolve(ids: readonly number[], found: Found, options?: ReadOptions): Promise<void>;
}

/** A page as far as a resolver learns from it. */
type LearntPage = Pick<AssetRows, 'first' | 'total'> & { readonly rows: readonly { readonly id: number }[] };

/**
 * Makes a resolver. As long as there are calls to spare each asset is read by itself. Beyond that, lists are ordered by id (B067), so
 * an id can be looked up like a word in a dictionary: from what is known about other rows it is estimated on which page it stands,
 * and one page answers for every wanted id on it. A page is read only where it answers for two ids or more.
 */
export function createResolver(source: AssetSource): Resolver {
  let anchors: readonly Anchor[] = [];
  let known: number | undefined;

  const learn = ({ rows, first, total }: LearntPage): void => {
    known = total;
    const low = rows[0];
    const high = rows.at(-1);
    if (!low || !high) return;
    const last = first + rows.length - 1;
    // What contradicts the newest page is out of date: rows above it may have moved.
    anchors = [
      ...anchors.filter(([row, id]) => row < first && id < low.id),
      [first, low.id],
      [last, high.id],
      ...anchors.filter(([row, id]) => row > last && row < total && id > high.id),
    ];
  };

  /** Where to start a page so that it answers for the first wanted ids; undefined when no page would answer for two. */
  const bestPage = (wanted: readonly number[], total: number): number | undefined => {
    const starts = wanted.map((id) => {
      // Between two known rows ids are taken to be spread evenly; the further from a known row, the more doubtful.
      const [low, lowId] = anchors.findLast(([, at]) => at <= id) ?? [0, 0];
      const [high, highId] = anchors.find(([, at]) => at > id) ?? [total, (wanted.at(-1) ?? id) + 1];
      const row = low + ((id - lowId) / (highId - lowId)) * (high - low);
      // Near the beginning the first page is the safest guess.
      return row < pageRows / 2 ? 0 : Math.floor(row - Math.min(row - low, high - row) * 0.02);
    });
    return starts.find((start, index) => (starts[index + 1] ?? Infinity) < start + pageRows);
  };

  return {
    learn,
    async resolve(ids, found, options) {
      let wanted = [...new Set(ids)].sort((a, b) => a - b);
      // Twice the pages there are is more than bad luck: the list is not in id order.
      for (let tries = 0; wanted.length > (source.available() || 1); tries++) {
        known ??= await source.count(options);
        const offset = bestPage(wanted, known);
        if (offset === undefined || tries > 2 * (known / pageRows + 1)) break;
        const page = await source.page({ offset, size: pageRows }, options);
        learn(page);
        const { rows, first, total } = page;
        const byId = new Map(rows.map((row) => [row.id, row]));
        // Before its first page and after its last one the list has nothing.
        const from = first && (rows[0]?.id ?? Infinity);
        const to = first + rows.length < total ? (rows.at(-1)?.id ?? 0) : Infinity;
        // Whoever was told of is wanted no more.
        wanted = wanted.filter((id) => id < from || id > to || void found(id, byId.get(id)));
      }
      const rest = wanted.values();
      const read = async (): Promise<void> => {
        for (const id of rest) found(id, await source.get(id, options));
      };
      // Eight at a time. An error ends one of them, so one bad asset is no harm and a dead line costs eight calls.
      for (const outcome of await Promise.allSettled(Array.from({ length: 8 }, read)))
        if (outcome.status === 'rejected') throw outcome.reason;
    },
  };
}
