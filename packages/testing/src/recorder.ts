import type { FetchReceiver } from '@hubex-kit/simulator';

/** One line of a recording. */
export interface RecordedDelivery {
  /** Milliseconds since the first. */
  readonly at: number;
  readonly method: string;
  /** Names in lower case; without those that may hold secrets or tell who you are. */
  readonly headers: Readonly<Record<string, string>>;
  /** Ids replaced, texts hidden; a body that is no JSON object only by its length. */
  readonly body: Readonly<Record<string, unknown>> | { readonly notJson: number };
  /** What your receiver answered. */
  readonly status: number;
}

/** How to record. */
export interface RecorderOptions {
  /** Gets each line, without its end. */
  readonly write: (line: string) => void;
  /** Milliseconds. Default: the computer's time. */
  readonly now?: () => number;
}

/** A receiver of `@hubex-kit/receiver`, as far as recording goes. */
export interface Receiving {
  receive(request: Passing): Promise<{ readonly status: number }>;
}

/** A request on its way through an adapter. */
export interface Passing {
  readonly method: string;
  readonly url: string;
  // biome-ignore lint/suspicious/noExplicitAny: passed on as it is; only bodies are looked at
  readonly readBody: (limits: any) => Promise<any>;
}

/** Writes down what HubEx sends, so that it can be committed as a fixture. */
export interface Recorder {
  /** Puts the recorder before a fetch handler, which sees each request as it was. */
  around(receiver: FetchReceiver): FetchReceiver;
  /** Puts the recorder into a receiver of the kit: works with every adapter, in Express and Lambda alike. Headers are not seen there. */
  within<R extends Receiving>(receiver: R): R;
}

/** Headers that say something about HubEx and nothing about you. */
const kept = ['content-type', 'content-encoding', 'transfer-encoding', 'user-agent', 'accept', 'connection', 'expect'];

/**
 * A recorder. Addresses are not written down, since they hold the secret; the values of id fields become small numbers in the order of
 * their coming, the same for the same id, and EventID stays as it is, for it is no secret.
 *
 * @example
 * const recorder = createRecorder({ write: (line) => appendFileSync('hubex.ndjson', `${line}\n`) });
 * app.use('/hook', toExpressHandler(recorder.within(receiver)));
 */
export function createRecorder({ write, now = Date.now }: RecorderOptions): Recorder {
  const ids = new Map<string, Map<number, number>>();
  let first: number | undefined;
  const idOf = (field: string, value: number): number => {
    const kind = field.toLowerCase();
    const known = ids.get(kind) ?? new Map<number, number>();
    ids.set(kind, known);
    const id = known.get(value) ?? known.size + 1;
    known.set(value, id);
    return id;
  };
  const hidden = (field: string, value: unknown): unknown => {
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'number') return /^eventid$/i.test(field) ? value : idOf(field, value);
    return typeof value === 'string' ? `text of ${value.length}` : typeof value;
  };
  const bodyOf = (text: string): RecordedDelivery['body'] => {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, hidden(field, each)]));
    } catch {
      // No JSON: told by its length below.
    }
    return { notJson: text.length };
  };
  const note = (what: Omit<RecordedDelivery, 'at' | 'body'> & { readonly at: number; readonly text: string }): void => {
    const { at, text, ...rest } = what;
    first ??= at;
    write(JSON.stringify({ at: at - first, ...rest, body: bodyOf(text) } satisfies RecordedDelivery));
  };
  return {
    around: (receiver) => async (request) => {
      const at = now();
      first ??= at;
      const text = await request.clone().text();
      const response = await receiver(request);
      const headers = Object.fromEntries([...request.headers].filter(([name]) => kept.includes(name)));
      note({ at, method: request.method, headers, text, status: response.status });
      return response;
    },
    within: (receiver) => ({
      ...receiver,
      async receive(request: Passing) {
        const at = now();
        first ??= at;
        let text: string | undefined;
        const answer = await receiver.receive({
          ...request,
          async readBody(limits) {
            const read = await request.readBody(limits);
            if (read?.kind === 'body') text = textOf(read.body);
            return read;
          },
        });
        // What was turned away at the door has no body, and is nobody's delivery.
        if (text !== undefined) note({ at, method: request.method, headers: {}, text, status: answer.status });
        return answer;
      },
    }),
  };
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  const isBytes = body instanceof Uint8Array || body instanceof ArrayBuffer;
  return isBytes ? new TextDecoder().decode(body) : (JSON.stringify(body) ?? '');
}
