import { check } from './check.ts';

/** Runs everything and writes the report as one line of JSON: what Node, Deno, Bun and workerd have in common. */
export async function print(): Promise<void> {
  // biome-ignore lint/suspicious/noConsole: the one way to write that all runtimes share
  console.log(JSON.stringify(await check()));
}
