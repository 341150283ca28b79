import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A program of ours that talks in lines of JSON. */
export interface Program {
  /** Workspace package. */
  readonly name: string;
  /** Its program without folder and ending: `cli` is dist/cli.js, or src/cli.ts when we run from source ourselves. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Told about each line after the first. */
  readonly onLine?: (line: Readonly<Record<string, unknown>>) => void;
}

/** Milliseconds a child gets to end by itself. */
const longestFarewell = 5_000;

/** The programs this one has started. None outlives it, however it ends. */
export class Children {
  readonly #running: { readonly child: ChildProcess; readonly gone: Promise<void> }[] = [];
  #isStopping = false;
  #fail: (error: Error) => void = () => undefined;
  /** Rejects when a child fails or ends before it is asked to. */
  readonly failed: Promise<never> = new Promise((_resolve, reject) => {
    this.#fail = reject;
  });

  constructor() {
    // Whoever is not waiting for it must not be ended by it.
    this.failed.catch(() => undefined);
    process.once('exit', () => {
      for (const { child } of this.#running) child.kill('SIGKILL');
    });
  }

  /** Starts a program and resolves with its first line. */
  start(program: Program): Promise<Readonly<Record<string, unknown>>> {
    const { name } = program;
    const child = spawn(process.execPath, [...entryOf(program), ...program.args], {
      env: { ...process.env, ...program.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = new Promise<void>((resolve) => {
      child.once('close', (code, signal) => {
        if (!this.#isStopping) this.#fail(new Error(`${name} ended too early (${signal ?? `exit code ${code}`}).`));
        resolve();
      });
      child.once('error', (cause) => {
        this.#fail(new Error(`${name} could not be started: ${cause.message}`, { cause }));
        resolve();
      });
    });
    this.#running.unshift({ child, gone });
    const first = new Promise<Readonly<Record<string, unknown>>>((resolve) => {
      let onLine: (line: Readonly<Record<string, unknown>>) => void = resolve;
      createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> }).on('line', (text) => {
        // stdout is a pipe
        const line = readLine(text);
        if (!line) return this.#fail(new Error(`${name} printed a line that is no JSON object: ${text.slice(0, 200)}`));
        onLine(line);
        onLine = program.onLine ?? ((): void => undefined);
      });
    });
    return Promise.race([first, this.failed]);
  }

  /** Ends every child, the latest first, and resolves when all are gone. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const { child, gone } of this.#running) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), longestFarewell);
      await gone;
      clearTimeout(timer);
    }
  }
}

function entryOf({ name, entry }: Program): readonly string[] {
  const folder = join(createRequire(import.meta.url).resolve(`${name}/package.json`), '..');
  const isSource = import.meta.filename.endsWith('.ts');
  return isSource ? [...process.execArgv, join(folder, 'src', `${entry}.ts`)] : [join(folder, 'dist', `${entry}.js`)];
}

function readLine(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
