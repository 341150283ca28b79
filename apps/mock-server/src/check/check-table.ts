import type { Check } from './check.ts';
import { answerChecks, betrayalChecks } from './checks/answers.ts';
import { connectionChecks } from './checks/connections.ts';
import { deliveryChecks } from './checks/deliveries.ts';
import { junkChecks } from './checks/junk.ts';
import { sizeChecks } from './checks/size.ts';
import { stormChecks } from './checks/storm.ts';
import { strangerChecks } from './checks/strangers.ts';
import { toleranceChecks } from './checks/tolerance.ts';
import { transportChecks } from './checks/transport.ts';

/** Every check, in the order they run: gentle ones first, the storm late, and what answers gave away at the very end. */
export const checkTable: readonly Check[] = [
  ...deliveryChecks,
  ...toleranceChecks,
  ...transportChecks,
  ...connectionChecks,
  ...junkChecks,
  ...strangerChecks,
  ...sizeChecks,
  ...answerChecks,
  ...stormChecks,
  ...betrayalChecks,
];
