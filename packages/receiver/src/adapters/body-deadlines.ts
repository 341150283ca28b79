/** Somebody who waits for a body. */
export interface Waiting {
  /** When it is too late, by performance.now(). */
  until: number;
  /** Too late: stop waiting. */
  readonly expire: () => void;
}

// Node's; the types of no runtime are loaded here.
declare const setImmediate: (callback: () => void) => void;

/** Those who wait equally long: the first to come is the first to give up. */
class WaitingRoom {
  readonly #waiting = new Set<Waiting>();
  readonly #milliseconds: number;
  #isTimerSet = false;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  enter(waiting: Waiting): void {
    waiting.until = performance.now() + this.#milliseconds;
    this.#waiting.add(waiting);
    if (!this.#isTimerSet) this.#setTimer(this.#milliseconds);
  }

  leave(waiting: Waiting): void {
    this.#waiting.delete(waiting);
  }

  /** It is left to run when the room empties, since the next request is about to need it. */
  #setTimer(milliseconds: number): void {
    this.#isTimerSet = true;
    // A program that was held up for long finds timers before bytes: those that have come are read first.
    const timer = setTimeout(() => setImmediate(() => this.#sweep()), milliseconds);
    // An object in Node, a number elsewhere. An idle process may end.
    Object(timer).unref?.();
  }

  #sweep(): void {
    this.#isTimerSet = false;
    const now = performance.now();
    for (const waiting of this.#waiting) {
      if (waiting.until > now) {
        this.#setTimer(Math.ceil(waiting.until - now));
        break;
      }
      this.#waiting.delete(waiting);
      waiting.expire();
    }
  }
}

const rooms = new Map<number, WaitingRoom>();

/** Where to wait this long for a body. One timer serves all: a timer of its own would cost a request more than its body does. */
export function waitingRoom(milliseconds: number): WaitingRoom {
  const room = rooms.get(milliseconds) ?? new WaitingRoom(milliseconds);
  return rooms.set(milliseconds, room) && room;
}
