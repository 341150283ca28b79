import type { AssetDetails, AssetListItem } from '@hubex-kit/contract';
import type { AssetRows, AssetSource, ReadOptions } from './source.ts';

/** Rows a list read brings at most: HubEx cuts at 10,000 (B058). */
export const pageRows = 10_000;

/** What a row number was seen to hold. */
interface Anchor {
  readonly row: number;
  readonly id: number;
}

/** Told about each id once: what was read, or undefined for an asset that is not there (any more). */
export type Found = (id: number, asset: AssetListItem | AssetDetails | undefined) => void;

/**
 * Reads many assets with few calls. As long as there are calls to spare each asset is read by itself. Beyond that, lists are ordered
 * by id (B067), so an id can be looked up like a word in a dictionary: from what is known about other rows it is estimated on which
 * page it stands, and one page answers for every wanted id on it. A page is read only where it answers for two ids or more.
 */
export class Resolver {
  readonly #source: AssetSource;
  #anchors: Anchor[] = [];
  #total: number | undefined;

  constructor(source: AssetSource) {
    this.#source = source;
  }

  /** Learns from a page somebody has read anyway. */
  learn({ rows, first, total }: Pick<AssetRows, 'first' | 'total'> & { readonly rows: readonly { readonly id: number }[] }): void {
    this.#total = total;
    const [low, high] = [rows[0], rows.at(-1)];
    if (!low || !high) return;
    const last = first + rows.length - 1;
    // What contradicts the newest page is out of date: rows above it may have moved.
    this.#anchors = [
      ...this.#anchors.filter(({ row, id }) => row < first && id < low.id),
      { row: first, id: low.id },
      { row: last, id: high.id },
      ...this.#anchors.filter(({ row, id }) => row > last && row < total && id > high.id),
    ];
  }

  /**
   * Reads the ids; `found` is called as answers come. What cannot be read does not hold up the others: in the end it rejects with the
   * first error, and nothing is under way any more. Whatever was not found then has not been read.
   */
  async resolve(ids: readonly number[], found: Found, options: ReadOptions = {}): Promise<void> {
    const source = this.#source;
    let wanted = [...new Set(ids)].sort((a, b) => a - b);
    // Twice the pages there are is more than bad luck: the list is not in id order.
    for (let tries = 0; wanted.length > Math.max(1, source.available()); tries++) {
      this.#total ??= await source.count(options);
      const offset = this.#bestPage(wanted, this.#total);
      if (offset === undefined || tries > 2 * (this.#total / pageRows + 1)) break;
      const page = await source.page({ offset, size: pageRows }, options);
      this.learn(page);
      const { rows, first, total } = page;
      const byId = new Map(rows.map((row) => [row.id, row]));
      // Before its first page and after its last one the list has nothing.
      const from = first ? (rows[0]?.id ?? Number.POSITIVE_INFINITY) : 0;
      const to = first + rows.length < total ? (rows.at(-1)?.id ?? 0) : Number.POSITIVE_INFINITY;
      wanted = wanted.filter((id) => {
        if (id < from || id > to) return true;
        found(id, byId.get(id));
        return false;
      });
    }
    const next = async (): Promise<void> => {
      for (let id = wanted.shift(); id !== undefined; id = wanted.shift()) found(id, await source.get(id, options));
    };
    // Eight at a time. An error ends one of them, so one bad asset is no harm and a dead line costs eight calls.
    for (const outcome of await Promise.allSettled(Array.from({ length: 8 }, next)))
      if (outcome.status === 'rejected') throw outcome.reason;
  }

  /** Where to start a page so that it answers for the first wanted ids; undefined when no page would answer for two. */
  #bestPage(wanted: readonly number[], total: number): number | undefined {
    const end: Anchor = { row: total, id: (wanted.at(-1) ?? 0) + 1 };
    const places = wanted.map((id) => {
      // Between two known rows ids are taken to be spread evenly; the further from a known row, the more doubtful.
      const below = this.#anchors.findLast((anchor) => anchor.id <= id) ?? { row: 0, id: 0 };
      const above = this.#anchors.find((anchor) => anchor.id > id) ?? end;
      const row = below.row + ((id - below.id) / (above.id - below.id)) * (above.row - below.row);
      const doubt = Math.min(row - below.row, above.row - row) * 0.02;
      // Near the beginning the first page is the safest guess.
      return { row, start: row < pageRows / 2 ? 0 : Math.floor(row - doubt) };
    });
    const best = places.find(({ start }, index) => (places[index + 1]?.row ?? Number.POSITIVE_INFINITY) < start + pageRows);
    return best && Math.min(best.start, Math.max(0, total - pageRows));
  }
}
