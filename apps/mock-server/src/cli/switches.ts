import { type Switches, switchValues } from '@hubex-kit/simulator';

/** Gives switches that came as text the type the ledger says; the simulator then checks names and values. */
export function typedSwitches(given: Readonly<Record<string, string | number | boolean>>): Partial<Switches> {
  const kinds: Readonly<Record<string, unknown>> = switchValues;
  const typed = Object.entries(given).map(([name, text]) => {
    if (kinds[name] === 'integer') return [name, Number(text)];
    if (kinds[name] === 'boolean') return [name, text === 'true' ? true : text === 'false' ? false : text];
    return [name, text];
  });
  return Object.fromEntries(typed);
}
