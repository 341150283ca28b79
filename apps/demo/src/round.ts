import type { HubexClient } from '@hubex-kit/sdk/client';
import { arrival, morning, type Step } from './scenario.ts';
import { Tally } from './tally.ts';
import type { Progress } from './view.ts';

/** Milliseconds the last events get to arrive. */
const longestWait = 10_000;
const shownLines = 12;

/** What the service company did, and what of it has arrived. */
export class Book implements Progress {
  readonly expected: Tally = new Tally();
  readonly received: Tally = new Tally();
  readonly lines: string[] = [];
  readonly #show: (line: string) => void;
  #check: () => void = () => undefined;

  constructor(show: (line: string) => void) {
    this.#show = show;
  }

  get isComplete(): boolean {
    return this.expected.without(this.received).length === 0;
  }

  /** Notes a line of the receiver. */
  arrived({ eventId, assetId, name }: Readonly<Record<string, unknown>>): void {
    this.received.add({ eventId: Number(eventId), assetId: Number(assetId) });
    this.note(`← ${String(eventId)} ${String(assetId)} ${String(name)}`);
    this.#check();
  }

  note(line: string): void {
    this.lines.push(line);
    if (this.lines.length > shownLines) this.lines.shift();
    this.#show(line);
  }

  /** Resolves when every expected event is here, or after ten seconds without it. */
  complete(): Promise<void> {
    if (this.isComplete) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longestWait);
      this.#check = () => {
        if (!this.isComplete) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** One morning of the company, the first one with its import; `pause` is waited for after each step. */
export async function runRound(
  client: HubexClient,
  { book, round, controlUrl, pause }: { book: Book; round: number; controlUrl: string; pause: () => Promise<void> },
): Promise<void> {
  const carryOut = async (steps: AsyncIterable<Step>): Promise<void> => {
    for await (const { title, causes } of steps) {
      for (const happening of causes) book.expected.add(happening);
      book.note(`→ ${title}`);
      await pause();
    }
  };
  if (round === 0) await carryOut(arrival(client, controlUrl));
  await carryOut(morning(client, round));
}
