import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { LoadAnswer } from './load-plan.ts';

/** What came of a load. Latencies are milliseconds from the moment a delivery was due, not from the moment it could be sent. */
export interface LoadResult {
  readonly sent: number;
  /** Answers by status. */
  readonly answered: Readonly<Record<string, number>>;
  /** Sent, but no answer came. */
  readonly lost: number;
  /** Lost, by reason. */
  readonly lostBy: Readonly<Record<string, number>>;
  /** Due, but never sent: every connection was taken until the end. */
  readonly unsent: number;
  /** Sent, by EventID. */
  readonly events: Readonly<Record<string, number>>;
  /** Of the answered ones; null when there is none. */
  readonly latencyMs: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number } | null;
  readonly seconds: number;
  readonly perSecond: { readonly asked: number; readonly reached: number };
}

// Reasons come from other people's software: a receiver cannot fill the memory with them.
const mostReasons = 20;

/** Adds up a load while it runs. */
export class LoadCount {
  readonly #latencies: RecordableHistogram = createHistogram({ figures: 3 });
  readonly #answered: Map<number, number> = new Map();
  readonly #lostBy: Map<string, number> = new Map();
  readonly #events: Map<number, number> = new Map();
  #sent = 0;
  #lost = 0;

  get sent(): number {
    return this.#sent;
  }

  get lost(): number {
    return this.#lost;
  }

  /** A delivery goes out. */
  sending(eventId: number): void {
    this.#sent++;
    this.#events.set(eventId, (this.#events.get(eventId) ?? 0) + 1);
  }

  /** Its answer came, `ms` milliseconds after it was due, or did not. */
  over(answer: LoadAnswer, ms: number): void {
    switch (answer.kind) {
      case 'answered':
        // Whole microseconds from 1: what the histogram takes.
        this.#latencies.record(Math.max(1, Math.round(ms * 1000)));
        this.#answered.set(answer.status, (this.#answered.get(answer.status) ?? 0) + 1);
        return;
      case 'lost': {
        this.#lost++;
        const isKnown = this.#lostBy.has(answer.reason) || this.#lostBy.size < mostReasons;
        const reason = isKnown ? answer.reason : 'other';
        this.#lostBy.set(reason, (this.#lostBy.get(reason) ?? 0) + 1);
        return;
      }
      default:
        answer satisfies never;
    }
  }

  /** The sum. */
  read(of: { unsent: number; seconds: number; asked: number }): LoadResult {
    const { unsent, seconds, asked } = of;
    const ms = (microseconds: number): number => Math.round(microseconds / 10) / 100;
    const at = (percent: number): number => ms(this.#latencies.percentile(percent));
    return {
      sent: this.#sent,
      answered: Object.fromEntries(this.#answered),
      lost: this.#lost,
      lostBy: Object.fromEntries(this.#lostBy),
      unsent,
      events: Object.fromEntries(this.#events),
      latencyMs:
        this.#latencies.count === 0 ? null : { p50: at(50), p90: at(90), p99: at(99), max: ms(this.#latencies.max) },
      seconds: Math.round(seconds * 100) / 100,
      perSecond: { asked, reached: seconds === 0 ? 0 : Math.round((this.#sent / seconds) * 100) / 100 },
    };
  }
}

/** Whether every delivery that was due was answered with success. */
export function isFlawless({ lost, unsent, answered }: LoadResult): boolean {
  return lost === 0 && unsent === 0 && Object.keys(answered).every((status) => status.startsWith('2'));
}
