import type { ReceiverOptions, Verdict } from '@hubex-kit/receiver';

/** A body and the event it is; exactly one of `text`, `base64` and `json` is there. */
export interface ParseCase {
  readonly name: string;
  /** The body as text. */
  readonly text?: string;
  /** The body as bytes. */
  readonly base64?: string;
  /** The body as something else has parsed it already. */
  readonly json?: unknown;
  readonly expect:
    | 'junk'
    | {
        readonly id: number | null;
        readonly name: string;
        readonly tenantId: number;
        readonly assetId: number | null;
      };
}

/** How a body comes. */
export type Arrival = 'whole' | 'bytewise' | 'breaks-off' | 'stalls' | 'read-before';

/** A request and its answer. */
export interface ReceiveCase {
  readonly name: string;
  readonly options: Pick<ReceiverOptions, 'secrets' | 'secretParameter' | 'tenants' | 'maxBodyBytes' | 'bodyTimeoutMs'>;
  /** Default: an inbox that takes everything. */
  readonly inbox?: 'fails';
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** At most one of `bodyText` and `bodyBase64` is there. */
  readonly bodyText?: string;
  readonly bodyBase64?: string;
  /** Default: whole. */
  readonly arrival?: Arrival;
  readonly expect: Answer;
  /** What the runtime must have for `expect`; where it has not, `expectWithout` is what happens. */
  readonly needs?: 'gzip';
  readonly expectWithout?: Answer;
}

/** What the sender gets, and why. */
export interface Answer {
  readonly status: number;
  readonly verdict: Verdict;
}

/** An address and what of it may be logged. */
export interface RedactCase {
  readonly name: string;
  readonly url: string;
  readonly expect: string;
}

/** The three files. */
export interface Corpus {
  readonly parse: readonly ParseCase[];
  readonly receive: readonly ReceiveCase[];
  readonly redact: readonly RedactCase[];
}

/** The files as a JSON import sees them; their cases are more exact than TypeScript can tell from the text. */
export type CorpusFiles = { readonly [Name in keyof Corpus]: readonly { readonly name: string }[] };

/** Says that the files hold cases, which running them shows. */
export function toCorpus(files: CorpusFiles): Corpus {
  return files as Corpus; // a literal such as 'stored' is a string in the type of a JSON file
}
