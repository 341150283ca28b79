import { run } from './command.ts';

/** Runs a script that ends with one line of JSON with named numbers, unless said otherwise. Its exit code is not asked: a script that misses its bar has measured too. */
export async function measured<Facts = Readonly<Record<string, number>>>(command: readonly string[]): Promise<Facts> {
  const { stdout, stderr } = await run(command);
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(stderr.trim().split('\n').at(-1) ?? 'nothing was printed');
  return JSON.parse(line);
}
