import { spawn } from 'node:child_process';
import { root } from '../laws/packages.ts';

/** What a command did. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program from the root of the repository, or from a folder below it, for at most ten minutes. */
export function run(command: readonly string[], options: { readonly folder?: string } = {}): Promise<Ran> {
  const [program = '', ...args] = command;
  const env = {
    ...process.env,
    NO_COLOR: '1',
    CI: 'true',
    npm_config_loglevel: 'error',
    TURBO_TELEMETRY_DISABLED: '1',
  };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: `${root}/${options.folder ?? ''}`,
      env,
      timeout: 600_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
