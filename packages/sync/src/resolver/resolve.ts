import type { AssetDetails, AssetListItem } from '@hubex-kit/contract';
import type { AssetSource, ReadOptions } from './source.ts';

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
  learn({
    rows,
    first,
    total,
  }: {
    readonly rows: readonly { readonly id: number }[];
    readonly first: number;
    readonly total: number;
  }): void {
    const last = first + rows.length - 1;
    const fresh =
      rows.length === 0
        ? []
        : [
            { row: first, id: rows[0]?.id ?? 0 },
            { row: last, id: rows.at(-1)?.id ?? 0 },
          ];
    // What contradicts the newest page is out of date: rows above it may have moved.
    const [low, high] = fresh;
    const fits = ({ row, id }: Anchor): boolean =>
      !low || !high || (row < low.row && id < low.id) || (row > high.row && id > high.id);
    this.#anchors = [...this.#anchors.filter(fits), ...fresh].sort((a, b) => a.row - b.row);
    this.#total = total;
  }

  /** Reads the ids; `found` is called as answers come. Rejects with the first error; what was found until then stays found. */
  async resolve(ids: readonly number[], found: Found, options: ReadOptions = {}): Promise<void> {
    let wanted = [...new Set(ids)].sort((a, b) => a - b);
    // Twice the pages there are is more than bad luck: the list is not in id order.
    for (let tries = 0; wanted.length > Math.max(1, this.#source.available()); tries++) {
      this.#total ??= await this.#source.count(options);
      const pages = Math.ceil(this.#total / pageRows);
      const start = this.#bestPage(wanted);
      if (start === undefined || tries > 2 * pages + 2) break;
      const page = await this.#source.page({ offset: start, size: pageRows }, options);
      this.learn(page);
      const byId = new Map(page.rows.map((row) => [row.id, row]));
      const from = page.first === 0 ? 0 : (page.rows[0]?.id ?? Number.POSITIVE_INFINITY);
      const isLast = page.first + page.rows.length >= page.total;
      const to = isLast ? Number.POSITIVE_INFINITY : (page.rows.at(-1)?.id ?? 0);
      wanted = wanted.filter((id) => {
        const answered = byId.has(id) || (id >= from && id <= to && page.rows.length > 0) || page.total === 0;
        if (answered) found(id, byId.get(id));
        return !answered;
      });
    }
    const next = async (): Promise<void> => {
      for (let id = wanted.shift(); id !== undefined; id = wanted.shift())
        found(id, await this.#source.get(id, options));
    };
    await Promise.all(Array.from({ length: 8 }, next));
  }

  /** Where to start a page so that it answers for the first wanted ids; undefined when no page would answer for two. */
  #bestPage(wanted: readonly number[]): number | undefined {
    const rows = wanted.map((id) => this.#estimate(id, wanted.at(-1) ?? id));
    for (let index = 0; index + 1 < rows.length; index++) {
      const { row, doubt } = rows[index] ?? { row: 0, doubt: 0 };
      const start = Math.max(0, Math.floor(row - doubt));
      if ((rows[index + 1]?.row ?? 0) < start + pageRows)
        return Math.min(start, Math.max(0, (this.#total ?? 0) - pageRows));
    }
    return undefined;
  }

  /** Between two known rows ids are taken to be spread evenly; the further from a known row, the more doubtful. */
  #estimate(id: number, largest: number): { readonly row: number; readonly doubt: number } {
    const total = this.#total ?? 0;
    const top = Math.max(largest, this.#anchors.at(-1)?.id ?? 0) + 1;
    let below: Anchor = { row: -1, id: 0 };
    let above: Anchor = { row: Math.max(total, (this.#anchors.at(-1)?.row ?? 0) + 1), id: top };
    for (const anchor of this.#anchors) {
      if (anchor.id <= id) below = anchor;
      else {
        above = anchor;
        break;
      }
    }
    const row = below.row + ((id - below.id) / Math.max(1, above.id - below.id)) * (above.row - below.row);
    // Near the beginning, of which nothing is known yet, the first page is the safest guess.
    if (below.row < 0 && row < pageRows / 2) return { row, doubt: row };
    return { row, doubt: Math.min(row - below.row, above.row - row) * 0.02 };
  }
}
