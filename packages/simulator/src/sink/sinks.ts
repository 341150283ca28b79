import { Ring } from '../outbox/ring.ts';

/** Requests a sink keeps. */
const kept = 1_000;
/** Sinks a tenant may have. */
export const mostSinks = 100;

/** What a sink answers. */
export interface SinkAnswer {
  readonly status: number;
  /** Milliseconds of the host's time before the answer. */
  readonly delayMs: number;
  readonly body: string;
}

/** A request that a sink received. */
export interface SinkRequest {
  readonly id: number;
  /**
   * ISO 8601, UTC, by the clock of the tenant.
   * @format date-time
   */
  readonly at: string;
  readonly method: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The status it was answered with. */
  readonly status: number;
}

/** A receiver inside the mock: keeps what it gets and answers as told. */
export interface Sink {
  /** Answers still to give, the first one next; when there are none left, `answer`. */
  script: readonly SinkAnswer[];
  answer: SinkAnswer;
  readonly received: Ring<SinkRequest>;
}

const friendly: SinkAnswer = { status: 204, delayMs: 0, body: '' };

/** The sinks of a tenant by name; one that is called or asked for comes into being. */
export class Sinks {
  #byName: Map<string, Sink> = new Map();

  /** Undefined when there would be too many. */
  get(name: string): Sink | undefined {
    const known = this.#byName.get(name);
    if (known || this.#byName.size >= mostSinks) return known;
    const made: Sink = { script: [], answer: friendly, received: new Ring(kept) };
    this.#byName.set(name, made);
    return made;
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  copy(): Sinks {
    const other = new Sinks();
    const copies = [...this.#byName].map(([name, sink]) => {
      return [name, { ...sink, received: sink.received.copy((request) => request) }] as const;
    });
    other.#byName = new Map(copies);
    return other;
  }
}

/** Takes a request in and says how to answer it. */
export function receive(sink: Sink, request: Omit<SinkRequest, 'id' | 'status'>): SinkAnswer {
  const [next, ...rest] = sink.script;
  sink.script = rest;
  const answer = next ?? sink.answer;
  sink.received.add({ id: sink.received.added + 1, ...request, status: answer.status });
  return answer;
}
