import { redactUri } from './address.ts';

/** Addresses that are kept; all are let go when there are more. */
const most = 1_000;

/** Addresses fit for the journal; webhooks are few and their deliveries many, so each is worked out once. */
export class Redactions {
  readonly #known: Map<string, string> = new Map();

  of(uri: string): string {
    const known = this.#known.get(uri);
    if (known !== undefined) return known;
    if (this.#known.size >= most) this.#known.clear();
    const text = redactUri(uri);
    this.#known.set(uri, text);
    return text;
  }
}
