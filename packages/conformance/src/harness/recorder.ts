/** A delivery as a receiver saw it. */
export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What a receiver does with a delivery: a status, or silence. */
export type Answer = number | 'silence';

/** A receiver that keeps what it gets and answers as told. */
export interface Recorder {
  readonly received: Received[];
  answer: (delivery: Received) => Answer;
}

/** Starts out friendly. */
export function createRecorder(): Recorder {
  return { received: [], answer: () => 204 };
}
