import { type Clock, type FetchReceiver, systemClock } from '@hubex-kit/simulator';
import type { RecordedDelivery } from './recorder.ts';

/** How to replay. */
export interface ReplayOptions {
  /** The address the receiver sees; put the secret it expects into it. Default https://receiver.test/hook. */
  readonly url?: string;
  /** `recorded`: with the pauses of the recording; `at once`: one after the other without any. Default `at once`. */
  readonly pace?: 'recorded' | 'at once';
  /** What the pauses are measured with. Default: the computer's time. */
  readonly clock?: Clock;
}

/** What came of a replay. */
export interface Replayed {
  readonly sent: number;
  /** Deliveries answered otherwise than when they were recorded: line number, then and now. */
  readonly different: readonly { readonly line: number; readonly recorded: number; readonly now: number }[];
}

/**
 * Sends a recording (NDJSON, a delivery a line) to a receiver in the order of the lines.
 * @throws SyntaxError naming the line that is no recorded delivery, before anything is sent.
 */
export async function replay(
  recording: string,
  receiver: FetchReceiver,
  { url = 'https://receiver.test/hook', pace = 'at once', clock = systemClock }: ReplayOptions = {},
): Promise<Replayed> {
  const lines = read(recording);
  const different: { line: number; recorded: number; now: number }[] = [];
  let at = 0;
  for (const { line, delivery } of lines) {
    const pause = delivery.at - at;
    if (pace === 'recorded' && pause > 0) await new Promise<void>((resolve) => clock.after(pause, resolve));
    at = delivery.at;
    const { method, headers, body, status: recorded } = delivery;
    const text = 'notJson' in body ? 'x'.repeat(Number(body.notJson)) : JSON.stringify(body);
    const isBodyless = method === 'GET' || method === 'HEAD';
    const { status } = await receiver(
      new Request(url, { method, headers: sendable(headers), body: isBodyless ? null : text }),
    );
    if (status !== recorded) different.push({ line, recorded, now: status });
  }
  return { sent: lines.length, different };
}

/** What describes the connection is not for a request to say, and the body is not packed any more. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { connection, expect, 'transfer-encoding': transfer, 'content-encoding': packed, ...rest } = headers;
  return rest;
}

function read(recording: string): readonly { readonly line: number; readonly delivery: RecordedDelivery }[] {
  return recording.split('\n').flatMap((text, index) => {
    if (text.trim() === '') return [];
    const delivery = parse(text);
    if (delivery) return [{ line: index + 1, delivery }];
    throw new SyntaxError(
      `Line ${index + 1} of the recording is no delivery; each line is what createRecorder writes.`,
    );
  });
}

function parse(text: string): RecordedDelivery | undefined {
  try {
    const value = JSON.parse(text) as Partial<RecordedDelivery> | null; // looked at in the next line
    const isOne =
      value && typeof value.at === 'number' && typeof value.method === 'string' && typeof value.status === 'number';
    return isOne && typeof value.body === 'object' && value.body !== null && typeof value.headers === 'object'
      ? (value as RecordedDelivery)
      : undefined;
  } catch {
    return undefined;
  }
}
