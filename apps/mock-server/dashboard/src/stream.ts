import type { ActivityShown } from './activity.ts';
import { ask } from './plane.ts';

/** Told how the stream is. */
export interface StreamListener {
  readonly onActivity: (activity: ActivityShown) => void;
  readonly onState: (isConnected: boolean) => void;
}

/** Milliseconds before a lost connection is tried again. */
const pause = 1_000;
/** Things that happened before, with which each connection begins. */
const before = 200;

/** Follows /__mock/stream until the signal is aborted. By fetch, because EventSource cannot send a token. */
export async function follow(signal: AbortSignal, { onActivity, onState }: StreamListener): Promise<void> {
  while (!signal.aborted) {
    try {
      const { body, ok } = await ask(`/stream?last=${before}`, { signal });
      onState(ok);
      if (ok && body) for await (const data of messages(body)) onActivity(JSON.parse(data));
    } catch {
      // Told below; there is nothing else to do about it than to try again.
    }
    if (signal.aborted) return;
    onState(false);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** The data of server-sent events. */
async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').flatMap((line) => (line.startsWith('data: ') ? line.slice(6) : []));
      if (data.length > 0) yield data.join('\n');
    }
  }
}
