export { depthHeader, depthOf } from './api/depth.ts';
export type { RequestRecord } from './api/request-record.ts';
export type { ApiReply, ApiRequest } from './api/seam.ts';
export { warningHeader } from './api/warnings.ts';
export { type Clock, createManualClock, type ManualClock, systemClock } from './clock.ts';
export type { ControlDefinition, StreamResult, TextResult } from './control/control-definition.ts';
export { controlDocument } from './control/control-document.ts';
export { ControlError } from './control/control-error.ts';
export type { Deliveries } from './control/controls/deliveries.ts';
export type { Emitted } from './control/controls/emit.ts';
export type { FaultListed } from './control/controls/faults.ts';
export type { JournalPage } from './control/controls/journal.ts';
export type { Metrics } from './control/controls/metrics.ts';
export type { ScenarioListed } from './control/controls/scenario.ts';
export type { Settled } from './control/controls/settled.ts';
export type { Received } from './control/controls/sinks.ts';
export type { Snapshot } from './control/controls/snapshots.ts';
export type { TenantListed } from './control/controls/tenants.ts';
export type { Verified } from './control/controls/verify.ts';
export type { Waited } from './control/controls/wait.ts';
export {
  type BoundControls,
  type ControlArguments,
  type ControlInput,
  type ControlName,
  type ControlResult,
  type Controls,
  controls,
} from './control/controls.ts';
export type { Field, Fields } from './control/field.ts';
export type { AttemptRow, EventRow, JournalRow, RequestRow } from './control/journal-rows.ts';
export type { NearMiss } from './control/near-miss.ts';
export { type Profile, profiles } from './control/profiles.ts';
export { type Given, readInput } from './control/read-input.ts';
export type { ApiFault } from './faults/api-fault.ts';
export { apiFaults } from './faults/api-faults.ts';
export type { FaultDeclaration, FaultParameter, FaultPart } from './faults/declaration.ts';
export type { DeliveryFault } from './faults/delivery-fault.ts';
export { deliveryFaults } from './faults/delivery-faults.ts';
export type {
  ApiPlace,
  AskedFault,
  AskedRule,
  DeliveryPlace,
  FaultRule,
  PlannedRule,
  RuleState,
} from './faults/fault-rule.ts';
export { type Switches, switchDefaults, switchLedger, switchValues } from './generated/switches.ts';
export { OptionError, type SimulatorOptions } from './options.ts';
export { redactUri } from './outbox/address.ts';
export type { CallResult, Deliverer, OutgoingCall } from './outbox/deliverer.ts';
export { type DeliveryContent, deliveryBody } from './outbox/delivery-body.ts';
export type { EventRecord } from './outbox/event-log.ts';
export { createFetchDeliverer, type FetchReceiver } from './outbox/fetch-deliverer.ts';
export type { Attempt, Cause, DeliveryFilter, DeliveryRecord, DeliveryState, FaultMark } from './outbox/journal.ts';
export type { SavedContent, SavedOutbox, SavedState, SavedTenant } from './persistence/saved-state.ts';
export { StateError } from './persistence/state-error.ts';
export { createRandomness, type Randomness } from './randomness.ts';
export {
  type Control,
  type ControlOrder,
  createSimulator,
  type Invoked,
  type Simulator,
  type SinkCall,
} from './simulator.ts';
export type { SinkAnswer, SinkRequest } from './sink/sinks.ts';
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
  PhaseFault,
  Rhythm,
  Scenario,
  SingleAction,
  Step,
} from './traffic/scenario.ts';
export { scenarioJsonSchema } from './traffic/scenario-shape.ts';
export { namedScenarios } from './traffic/scenarios/named-scenarios.ts';
export {
  type Transmission,
  type TransmissionSteps,
  transmissionSteps,
} from './transmission/transmission.ts';
export type { CellComment, CellValue, ReadWorkbook, Sheet, Workbooks } from './workbooks.ts';
export type { Activity } from './world/activity.ts';
