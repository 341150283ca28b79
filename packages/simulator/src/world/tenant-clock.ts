import type { Clock } from '../clock.ts';
import { Timers } from '../timers.ts';

/** real: time passes by itself; virtual: it stands still until it is moved. */
export type ClockMode = 'real' | 'virtual';

/** A clock at one moment. */
export interface ClockState {
  readonly mode: ClockMode;
  /** Milliseconds, UTC: the time itself when virtual, the distance to the host's time when real. */
  readonly value: number;
}

/** Milliseconds a timer of the platform can wait; one that is to wait longer would run at once. */
const longestTimer = 2_147_483_647;

interface Entry {
  readonly due: number;
  readonly run: () => void;
  cancel: () => void;
}

/**
 * The time of one tenant: everything in it that has a date or waits reads this clock. Real, it follows the host's clock, at a distance if it
 * was moved; virtual, it stands still.
 */
export class TenantClock implements Clock {
  readonly #host: Clock;
  #distance = 0;
  /** The time while it stands still. */
  #still: number | undefined;
  #timers: Timers = new Timers();
  readonly #entries: Set<Entry> = new Set();

  constructor(host: Clock) {
    this.#host = host;
  }

  get mode(): ClockMode {
    return this.#still === undefined ? 'real' : 'virtual';
  }

  now(): number {
    return this.#still ?? this.#host.now() + this.#distance;
  }

  after(ms: number, run: () => void): () => void {
    const entry: Entry = { due: this.now() + Math.max(0, ms), run, cancel: () => undefined };
    this.#entries.add(entry);
    this.#arm(entry);
    return () => {
      if (this.#entries.delete(entry)) entry.cancel();
    };
  }

  /** Makes time stand still, or pass by itself from where it is. What waits goes on waiting. */
  setMode(mode: ClockMode): void {
    if (mode === this.mode) return;
    const now = this.now();
    this.#still = mode === 'virtual' ? now : undefined;
    if (mode === 'real') this.#distance = now - this.#host.now();
    this.#rearm();
  }

  /** Sets the time without running anything in between; what was due by then runs when time moves on. */
  set(now: number): void {
    // What waits for a moment of virtual time waits for the same one wherever the clock stands.
    if (this.#still !== undefined) this.#still = now;
    else {
      this.#distance = now - this.#host.now();
      this.#rearm();
    }
  }

  /** While virtual: goes to the next moment at which something is due, not beyond `until`, and runs it. False when there is none. */
  step(until: number): boolean {
    const first = this.#timers.next(until);
    if (!first) return false;
    this.#still = Math.max(this.now(), first.due);
    first.run();
    // What is due at the same moment happens together: receivers see it at once.
    for (let next = this.#timers.next(this.now()); next; next = this.#timers.next(this.now())) next.run();
    return true;
  }

  save(): ClockState {
    return { mode: this.mode, value: this.#still ?? this.#distance };
  }

  /** Takes over a saved time and forgets everything that waits. */
  load({ mode, value }: ClockState): void {
    this.clear();
    this.#still = mode === 'virtual' ? value : undefined;
    this.#distance = mode === 'real' ? value : 0;
  }

  /** Forgets everything that waits. */
  clear(): void {
    for (const entry of this.#entries) entry.cancel();
    this.#entries.clear();
    this.#timers = new Timers();
  }

  #arm(entry: Entry): void {
    const run = (): void => {
      if (this.#entries.delete(entry)) entry.run();
    };
    if (this.#still !== undefined) {
      entry.cancel = this.#timers.add(entry.due, run);
      return;
    }
    const wait = Math.max(0, entry.due - this.now());
    entry.cancel =
      wait > longestTimer ? this.#host.after(longestTimer, () => this.#arm(entry)) : this.#host.after(wait, run);
  }

  #rearm(): void {
    const entries = [...this.#entries].sort((a, b) => a.due - b.due);
    for (const entry of entries) entry.cancel();
    this.#timers = new Timers();
    for (const entry of entries) this.#arm(entry);
  }
}
