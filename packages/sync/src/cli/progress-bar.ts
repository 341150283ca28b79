/** Shows how far something has come, where somebody watches; nothing in a log or a pipe. */
export interface ProgressBar {
  show(done: number, total: number): void;
  /** Takes the bar away. */
  stop(): void;
}

/** What a bar is drawn on: process.stderr, so that stdout stays fit for pipes. */
export type BarStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

const none: ProgressBar = { show: () => undefined, stop: () => undefined };

/** Draws with cli-progress, without colours, on a terminal that can move its cursor; elsewhere it does nothing. */
export async function createProgressBar(
  stream: BarStream,
  { TERM }: Readonly<Record<string, string | undefined>>,
): Promise<ProgressBar> {
  if (!stream.isTTY || TERM === 'dumb') return none;
  // All of it as the default export: a bundler shows a CommonJS module in no other way.
  const { default: progress } = await import('cli-progress');
  const bar = new progress.SingleBar({
    stream,
    format: '{bar} {value} of {total}, {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    clearOnComplete: true,
    hideCursor: true,
  });
  let isShown = false;
  return {
    show(done, total) {
      if (isShown) bar.setTotal(total);
      else bar.start(total, 0);
      isShown = true;
      bar.update(done);
    },
    stop() {
      if (isShown) bar.stop();
      isShown = false;
    },
  };
}
