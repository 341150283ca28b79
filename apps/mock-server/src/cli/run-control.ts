import type { ControlDefinition } from '@hubex-kit/simulator';
import { ControlRequestError } from '../control-client/control-request-error.ts';
import { createControlClient } from '../control-client/create-control-client.ts';
import type { ControlFlags } from './control-commands.ts';
import { typedInput } from './typed-input.ts';

/** Carries a control out on a running server and prints the answer; returns the exit code: 1 when the answer is no, or there is none. */
export async function runControl(
  name: string,
  order: { texts: readonly (readonly [string, string])[]; definition: ControlDefinition; flags: ControlFlags },
): Promise<number> {
  const { server, tenant, controlToken, json } = order.flags;
  const client = createControlClient({
    url: server,
    ...(tenant !== undefined && { tenant }),
    ...(controlToken !== undefined && { controlToken }),
  });
  // The name is one of the table's, which the client has, too.
  const call = Reflect.get(client, name) as (input: object) => Promise<unknown>;
  try {
    const result = await call(typedInput(order.definition.input, order.texts));
    if (isStream(result)) {
      for await (const message of result) process.stdout.write(`${JSON.stringify(message)}\n`);
      return 0;
    }
    process.stdout.write(shown(result, json));
    return isNo(result) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ControlRequestError)) throw error;
    process.stderr.write(`hubex-mock: ${error.message}\n`);
    return 1;
  }
}

function shown(result: unknown, isJson: boolean): string {
  if (typeof result === 'string') return result.endsWith('\n') ? result : `${result}\n`;
  return `${JSON.stringify(result, null, isJson ? 0 : 2)}\n`;
}

/** `wait`, `verify` and `settled` answer whether it came true. */
function isNo(result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return false;
  return ('ok' in result && result.ok === false) || ('settled' in result && result.settled === false);
}

function isStream(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}
