import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** 128 bits of nothing secret. */
export const secret = '0123456789abcdef0123456789abcdef';

/** A receiver that runs. */
export interface Child {
  readonly port: number;
  /** SIGKILL, and wait until it is gone. Only this process: it has no children. */
  kill(): Promise<void>;
}

/** Starts child.ts on the file and waits until it listens. */
export async function runChild(file: string, driver?: string): Promise<Child> {
  const path = fileURLToPath(new URL('child.ts', import.meta.url));
  // tsx as a loader, not as a command: that would be a second process, which would survive the first.
  const flags = ['--conditions=@hubex-kit/source', '--import', 'tsx'];
  const child: ChildProcess = spawn(process.execPath, [...flags, path, file, secret, ...(driver ? [driver] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const exited = once(child, 'exit');
  if (!child.stdout) throw new Error('The child has no stdout.');
  const lines = createInterface({ input: child.stdout });
  const first: unknown[] = await Promise.race([once(lines, 'line'), exited.then(() => [])]);
  const port = Number(first[0]);
  if (!port) throw new Error('The child ended before it listened.');
  return {
    port,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
