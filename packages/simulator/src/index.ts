export type { ApiReply, ApiRequest } from './api/seam.ts';
export { warningHeader } from './api/warnings.ts';
export { type Clock, createManualClock, type ManualClock, systemClock } from './clock.ts';
export type { Control, Emission, Emitted, WaitFor } from './control/control.ts';
export { ControlError } from './control/control-error.ts';
export { type Switches, switchDefaults, switchLedger, switchValues } from './generated/switches.ts';
export { OptionError, type SimulatorOptions } from './options.ts';
export type { CallResult, Deliverer, OutgoingCall } from './outbox/deliverer.ts';
export type { Attempt, DeliveryFilter, DeliveryRecord, DeliveryState } from './outbox/journal.ts';
export { createSimulator, type Simulator } from './simulator.ts';
export { arrivalTimes } from './traffic/arrivals.ts';
export { checkScenario, type ScenarioProblem } from './traffic/check-scenario.ts';
export {
  createDeliverySource,
  type DeliverySource,
  defaultMix,
  type EventMix,
  type SourcedDelivery,
} from './traffic/delivery-source.ts';
export { type Duration, type Rate, readDuration, readRate } from './traffic/duration.ts';
export type { RunState } from './traffic/run-state.ts';
export type {
  Action,
  Choice,
  Flow,
  Mix,
  Phase,
  Rhythm,
  Scenario,
  SingleAction,
  Step,
  Trouble,
} from './traffic/scenario.ts';
export { scenarioJsonSchema } from './traffic/scenario-shape.ts';
export { namedScenarios } from './traffic/scenarios/named-scenarios.ts';
