import type { AssetEvent } from '../domain/asset.ts';
import { Transcript } from '../world/transcript.ts';
import type { Performed } from './perform.ts';
import type { RunState } from './run-state.ts';
import type { TallyState } from './saved-run.ts';

/** Counts what a run does. */
export class Tally {
  readonly #actions: Map<string, number> = new Map();
  readonly #events: Map<number, number> = new Map();
  readonly #transcript: Transcript = new Transcript();
  #idle = 0;
  #refused = 0;

  /** An action ended so. */
  action(name: string, performed: Performed): void {
    switch (performed) {
      case 'done':
        this.#actions.set(name, (this.#actions.get(name) ?? 0) + 1);
        return;
      case 'idle':
        this.#idle++;
        return;
      case 'refused':
        this.#refused++;
        return;
      default:
        performed satisfies never;
    }
  }

  /** These events were caused at `now` (milliseconds, UTC). */
  events(events: readonly AssetEvent[], { cause, now }: { cause: string; now: number }): void {
    for (const { eventId, asset } of events) {
      this.#events.set(eventId, (this.#events.get(eventId) ?? 0) + 1);
      const { id, name, notes, classId, responsibleId, scheduleRuleId, published } = asset;
      // Dates of the seed stay out: they lie before or after the moment the simulator was made, whatever the tenant's clock says.
      const state = JSON.stringify([name, notes, classId, responsibleId, scheduleRuleId, published !== null]);
      this.#transcript.add(`${now} ${cause} ${eventId} ${id} ${state}`);
    }
  }

  /** Goes on from what another one has counted. */
  load({ actions, events, idle, refused, transcript }: TallyState): void {
    for (const [name, count] of Object.entries(actions)) this.#actions.set(name, count);
    for (const [id, count] of Object.entries(events)) this.#events.set(Number(id), count);
    [this.#idle, this.#refused] = [idle, refused];
    this.#transcript.load(transcript);
  }

  save(): TallyState {
    const { fingerprint: _, ...counts } = this.read();
    return { ...counts, transcript: this.#transcript.save() };
  }

  /** What came together so far. */
  read(): Pick<RunState, 'actions' | 'events' | 'idle' | 'refused' | 'fingerprint'> {
    return {
      actions: Object.fromEntries(this.#actions),
      events: Object.fromEntries(this.#events),
      idle: this.#idle,
      refused: this.#refused,
      fingerprint: this.#transcript.hash,
    };
  }
}
