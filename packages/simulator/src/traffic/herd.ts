import type { Asset } from '../domain/asset.ts';
import type { AssetStore } from '../domain/asset-store.ts';
import type { Randomness } from '../randomness.ts';
import type { Choice } from './scenario.ts';

// Guesses before the list is walked: with one asset in ten that fits, one choice in 800 has to walk.
const guesses = 64;

/** Who is how popular, and how old. */
export interface HerdState {
  /** Ids, most popular first. */
  readonly ranked: readonly number[];
  /** Ids, oldest first. */
  readonly aged: readonly number[];
}

/** The assets of a tenant as those who work with them see them: some are popular, some are new. Chooses only among what fits now. */
export class Herd {
  readonly #assets: AssetStore;
  readonly #randomness: Randomness;
  readonly #known: Set<number>;
  /** Most popular first. */
  readonly #ranked: number[];
  /** Oldest first. */
  readonly #aged: number[];

  /** A new one, or one that goes on from what another one was. */
  constructor(assets: AssetStore, randomness: Randomness, from?: HerdState) {
    this.#assets = assets;
    this.#randomness = randomness;
    this.#known = new Set(from?.aged);
    [this.#ranked, this.#aged] = from ? [[...from.ranked], [...from.aged]] : [[], []];
    if (from) return;
    this.refresh();
    shuffle(this.#ranked, randomness);
  }

  save(): HerdState {
    return { ranked: [...this.#ranked], aged: [...this.#aged] };
  }

  /** Takes in what others have created meanwhile; newcomers are the least popular. */
  refresh(): void {
    for (const { id } of this.#assets.all()) this.add(id);
  }

  /** Takes in one asset. */
  add(id: number): void {
    if (this.#known.has(id)) return;
    this.#known.add(id);
    this.#ranked.push(id);
    this.#aged.push(id);
  }

  /** One asset that fits, or undefined when there is none. */
  choose(fits: (asset: Asset) => boolean, choice: Choice): Asset | undefined {
    if (choice === 'popular' || choice === 'any') {
      for (let guess = 0; guess < guesses; guess++) {
        const asset = this.#at(this.#ranked, this.#rank(choice));
        if (asset && fits(asset)) return asset;
      }
    }
    return this.chooseMany(1, { fits, choice })[0];
  }

  /** Up to `count` different assets that fit. */
  chooseMany(count: number, wanted: { fits: (asset: Asset) => boolean; choice: Choice }): readonly Asset[] {
    const { fits, choice } = wanted;
    const list = choice === 'newest' || choice === 'oldest' ? this.#aged : this.#ranked;
    const first = choice === 'any' ? this.#randomness.below(Math.max(1, list.length)) : 0;
    const found: Asset[] = [];
    for (let step = 0; step < list.length && found.length < count; step++) {
      const index = choice === 'newest' ? list.length - 1 - step : (first + step) % list.length;
      const asset = this.#at(list, index);
      if (asset && fits(asset)) found.push(asset);
    }
    return found;
  }

  /** Zipf's law with exponent 1: the logarithm of the rank is uniform. */
  #rank(choice: 'popular' | 'any'): number {
    const size = this.#ranked.length;
    return choice === 'any' ? this.#randomness.below(size) : Math.floor((size + 1) ** this.#randomness.next()) - 1;
  }

  #at(list: readonly number[], index: number): Asset | undefined {
    const id = list[index];
    return id === undefined ? undefined : this.#assets.get(id);
  }
}

/** Fisher and Yates. */
function shuffle(list: number[], randomness: Randomness): void {
  for (let last = list.length - 1; last > 0; last--) {
    const other = randomness.below(last + 1);
    const [a, b] = [list[last], list[other]];
    if (a === undefined || b === undefined) continue;
    list[last] = b;
    list[other] = a;
  }
}
