import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A program of ours that talks in lines of JSON. */
export interface Child {
  /** Its first line. */
  readonly ready: Record<string, unknown>;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);

/** Starts the built entry of a workspace package; resolves with its first line. */
export function startChild(what: {
  readonly name: string;
  readonly entry: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (line: Record<string, unknown>) => void;
}): Promise<Child> {
  const entry = join(require.resolve(`${what.name}/package.json`), '..', what.entry);
  const child = spawn(process.execPath, [entry, ...what.args], {
    env: { ...process.env, ...what.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return new Promise((resolve, reject) => {
    gone.then((code) => reject(new Error(`${what.name} ended with code ${code} before it was ready.`)));
    child.once('error', reject);
    let isReady = false;
    createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> }).on('line', (text) => {
      // stdout is a pipe
      const line: Record<string, unknown> = JSON.parse(text);
      if (isReady) what.onLine?.(line);
      else {
        isReady = true;
        resolve({ ready: line, stop: () => stop(child, gone) });
      }
    });
  });
}

async function stop(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  if (child.exitCode === null) child.kill('SIGTERM');
  await gone;
}
