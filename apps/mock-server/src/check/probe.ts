import type { OutgoingCall } from '@hubex-kit/simulator';
import type { Samples } from './samples.ts';
import { compose, type Shot, type Wire } from './shot.ts';
import type { Target } from './target.ts';
import { Connection, type Exchange } from './wire/connection.ts';
import type { Reply } from './wire/reply.ts';

/** How a check is done. */
export interface Pace {
  /** Milliseconds after which an answer counts as none. */
  readonly patienceMs: number;
  /** Milliseconds a slow sender pauses in the middle of a body. */
  readonly pauseMs: number;
  /** Deliveries of the storm. */
  readonly storm: number;
  /** How many of them are under way at once. */
  readonly atOnce: number;
  /** Milliseconds within which a delivery should be answered, in a storm 99 of 100. */
  readonly promptMs: number;
  /** Bytes of a body nobody should accept. */
  readonly oversize: number;
}

/** What answers gave away over the whole run. */
export interface Betrayals {
  /** The first request whose answer held the secret. */
  secret?: string;
  /** The first request whose answer held a stack trace. */
  internals?: string;
}

/** Traces of a program's inside, by language: Node (Express writes them as HTML), Python, PHP, Java, .NET, Go, Ruby. */
const traces =
  /(\n\s+|&nbsp;)at \S+.*[(:]\d+|Traceback \(most recent call last\)|Stack trace:|Fatal error:.* in \/|\bat [\w.$]+\([\w.]+\.java:\d+\)|\sat [\w.]+\(.*\) in .*:line \d+|goroutine \d+ \[|\.rb:\d+:in /;

/** The hands of the checks: sends, waits for a while, remembers what answers gave away. */
export class Probe {
  readonly target: Target;
  readonly samples: Samples;
  readonly pace: Pace;
  readonly betrayals: Betrayals = {};
  readonly #open: Set<Connection> = new Set();
  readonly #memory: Map<string, Promise<unknown>> = new Map();
  #isOver = false;
  /** Exchanges since the last question that got no answer, and how many did. */
  readonly tally: { silent: number; answered: number; unreachable: number } = {
    silent: 0,
    answered: 0,
    unreachable: 0,
  };

  constructor(parts: { target: Target; samples: Samples; pace: Pace }) {
    this.target = parts.target;
    this.samples = parts.samples;
    this.pace = parts.pace;
  }

  /** The fields of a delivery of 41, some of them replaced. */
  fields(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    return { ...Object(JSON.parse(this.samples.of(41).body)), ...change };
  }

  /** The bytes of a request: a delivery of 41 but for what the shot says. */
  wire(shot: Shot = {}, call: OutgoingCall = this.samples.of(41)): Wire {
    return compose(this.target, { body: call.body, ...shot, headers: { ...call.headers, ...shot.headers } });
  }

  /** Opens a connection. It is closed with `close`, or at the end of the run. */
  async open(): Promise<Connection | Extract<Exchange, { kind: 'unreachable' }>> {
    const since = performance.now();
    if (this.#isOver) return { kind: 'unreachable', reason: 'the run is over', ms: 0 };
    const connection = new Connection(this.target);
    this.#open.add(connection);
    const refused = await connection.opened(this.pace.patienceMs);
    if (refused === undefined) return connection;
    this.close(connection);
    this.tally.unreachable++;
    return { kind: 'unreachable', reason: refused, ms: performance.now() - since };
  }

  /** Breaks a connection off. */
  close(connection: Connection): void {
    connection.destroy();
    this.#open.delete(connection);
  }

  /** Breaks every connection off. */
  closeAll(): void {
    for (const connection of this.#open) this.close(connection);
  }

  /** Breaks every connection off and opens no other. */
  end(): void {
    this.#isOver = true;
    this.closeAll();
  }

  /** One request on a connection of its own, and its answer. */
  async send(shot: Shot = {}, call?: OutgoingCall): Promise<Exchange> {
    const connection = await this.open();
    if (!(connection instanceof Connection)) return connection;
    const since = performance.now();
    const { head, body } = this.wire(shot, call);
    const written = connection.write(Buffer.concat([Buffer.from(head), body]), this.pace.patienceMs);
    const exchange = await this.answer(connection, { since, ...shot }, written);
    this.close(connection);
    return exchange;
  }

  /** Waits for the next answer of a connection, from the moment the request has left. */
  async answer(
    connection: Connection,
    { since, label = 'a delivery', method }: Shot & { since: number },
    written: Promise<void> = Promise.resolve(),
  ): Promise<Exchange> {
    await written;
    const { patienceMs } = this.pace;
    const exchange = await connection.reply({ isHead: method === 'HEAD', since, patienceMs });
    this.tally[exchange.kind === 'answered' ? 'answered' : 'silent'] += exchange.kind === 'broken' ? 0 : 1;
    if (exchange.kind === 'answered') this.#watch(exchange.reply, label);
    return exchange;
  }

  /** Does something once in a run and remembers what came of it. */
  once<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const known = this.#memory.get(name) ?? work();
    this.#memory.set(name, known);
    return known as Promise<Result>; // one name, one kind of work
  }

  #watch({ text }: Reply, label: string): void {
    const { secret } = this.target;
    // A secret of a few letters may stand anywhere by chance.
    const isGivenAway =
      secret && secret.value.length >= 8 && [secret.raw, secret.value].some((each) => text.includes(each));
    if (isGivenAway) this.betrayals.secret ??= label;
    if (traces.test(text)) this.betrayals.internals ??= label;
  }
}
