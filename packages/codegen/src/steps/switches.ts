import type { Behaviour } from '../document.ts';
import { banner } from '../root.ts';

/** The switches of the simulator: one for each assumption of the ledger that can be changed. */
export function generateSwitches(ledger: readonly Behaviour[]): string {
  const switched = ledger.flatMap((behaviour) =>
    behaviour.switch ? [{ ...behaviour, switch: behaviour.switch }] : [],
  );
  const type = ({ type: kind, values }: (typeof switched)[number]['switch']): string =>
    kind === 'enum'
      ? (values ?? []).map((value) => `'${value}'`).join(' | ')
      : kind === 'integer'
        ? 'number'
        : 'boolean';
  const fields = switched.map(
    (entry) => `  /** ${entry.id}: ${entry.statement} */\n  readonly ${entry.switch.name}: ${type(entry.switch)};`,
  );
  const rows = (value: (entry: (typeof switched)[number]) => unknown): string =>
    switched.map((entry) => `  ${entry.switch.name}: ${JSON.stringify(value(entry))},`).join('\n');
  return `${banner('behaviours.yaml')}
/** What HubEx is assumed to do, each changeable. */
export interface Switches {
${fields.join('\n')}
}

/** What the ledger assumes. */
export const switchDefaults: Switches = {
${rows((entry) => entry.switch.default)}
};

/** The ledger number behind each switch. */
export const switchLedger: Readonly<Record<keyof Switches, string>> = {
${rows((entry) => entry.id)}
};

/** What the ledger says about each switch. */
export const switchFacts: Readonly<
  Record<keyof Switches, { readonly id: string; readonly statement: string; readonly evidence: readonly string[] }>
> = {
${rows(({ id, statement, evidence }) => ({ id, statement, evidence }))}
};

/** What each switch can be set to. */
export const switchValues: Readonly<Record<keyof Switches, 'boolean' | 'integer' | readonly string[]>> = {
${rows((entry) => entry.switch.values ?? entry.switch.type)}
};
`;
}
