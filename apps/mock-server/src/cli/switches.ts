import { type Switches, switchValues } from '@hubex-kit/simulator';

/** Gives switches that came as text the type the ledger says; the simulator then checks names and values. */
export function typedSwitches(given: Readonly<Record<string, string>>): Partial<Switches> {
  const kinds: Readonly<Record<string, unknown>> = switchValues;
  const typed = Object.entries(given).map(([name, text]) => {
    // Number('') is 0 and Number('0x1') is 1: only digits are a number here.
    if (kinds[name] === 'integer') return [name, /^\d+$/.test(text) ? Number(text) : text];
    if (kinds[name] === 'boolean') return [name, text === 'true' ? true : text === 'false' ? false : text];
    return [name, text];
  });
  return Object.fromEntries(typed);
}
