import { isIP } from 'node:net';
import { type DeliveryRule, refusal } from './address-guard.ts';

/** Where a call goes. */
export interface Target {
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
}

/** Addresses that are kept, read and judged; all are let go when there are more. */
const mostKept = 1_000;

/** Reads the addresses of webhooks: each once, because a storm calls the same one thousands of times. They hold secrets and stay in memory. */
export class Targets {
  readonly #rule: DeliveryRule;
  readonly #known: Map<string, Target | string> = new Map();

  constructor(rule: DeliveryRule) {
    this.#rule = rule;
  }

  /** The target to call, or why it is not called. */
  of(url: string): Target | string {
    const known = this.#known.get(url);
    if (known !== undefined) return known;
    if (this.#known.size >= mostKept) this.#known.clear();
    const target = this.#read(url);
    this.#known.set(url, target);
    return target;
  }

  #read(url: string): Target | string {
    if (!URL.canParse(url)) return 'The address of the webhook is not a URL.';
    const { protocol, origin, pathname, search, hostname: name } = new URL(url);
    if (protocol !== 'http:' && protocol !== 'https:')
      return `The address of the webhook starts with ${protocol}, not with http or https.`;
    const hostname = name.replace(/^\[|\]$/g, '');
    // Nothing is looked up for an address in digits, so it is judged here.
    const refused = isIP(hostname) !== 0 ? refusal(hostname, { hostname, ...this.#rule }) : undefined;
    return refused ?? { origin, path: `${pathname}${search}` };
  }
}
