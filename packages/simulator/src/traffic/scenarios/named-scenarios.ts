import { placePhases } from '../place-phases.ts';
import type { Phase, Scenario } from '../scenario.ts';
import { flakyReceiver } from './flaky-receiver.ts';
import { massDelete } from './mass-delete.ts';
import { massEdit } from './mass-edit.ts';
import { morningImport } from './morning-import.ts';
import { outageAndRecovery } from './outage-and-recovery.ts';
import { publishCampaign } from './publish-campaign.ts';
import { seasonStart } from './season-start.ts';
import { steadyDay } from './steady-day.ts';

const hour = 3_600_000;

/** The phases of a scenario, beginning `hours` later. */
function begun(hours: number, scenario: Scenario): readonly Phase[] {
  return placePhases(scenario).map(({ phase, from }) => ({
    ...phase,
    name: phase.name === undefined ? scenario.name : `${scenario.name}: ${phase.name}`,
    at: `${hours * hour + from}ms`,
  }));
}

const everything: Scenario = {
  name: 'everything',
  models:
    'A week in which all of it happens: every day is a steady day; Monday an import, Tuesday a mass edit and a flaky receiver, Wednesday a campaign, Thursday an outage, Friday a mass delete. Counted from midnight of its first day.',
  phases: [
    ...[0, 24, 48, 72, 96].flatMap((midnight) => begun(midnight, steadyDay)),
    ...begun(8, morningImport),
    ...begun(24 + 10, massEdit),
    ...begun(24 + 14, flakyReceiver),
    ...begun(48 + 10, publishCampaign),
    ...begun(72 + 11, outageAndRecovery),
    ...begun(96 + 15, massDelete),
  ],
};

/** The scenarios that can be run by name. */
export const namedScenarios: readonly Scenario[] = [
  steadyDay,
  morningImport,
  massEdit,
  massDelete,
  publishCampaign,
  seasonStart,
  flakyReceiver,
  outageAndRecovery,
  everything,
];
