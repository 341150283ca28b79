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

/** The recorder as a receiver in this process. */
export function recordedBy(recorder: Recorder): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = Object.fromEntries(request.headers);
    const delivery = { method: request.method, url: `${pathname}${search}`, headers, text: await request.text() };
    recorder.received.push(delivery);
    const answer = recorder.answer(delivery);
    return answer === 'silence' ? new Promise(() => undefined) : new Response(null, { status: answer });
  };
}
