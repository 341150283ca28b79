export type { ApiReply, ApiRequest } from './api/seam.ts';
export { warningHeader } from './api/warnings.ts';
export { type Clock, createManualClock, type ManualClock, systemClock } from './clock.ts';
export type { Control, Emission, Emitted, WaitFor } from './control/control.ts';
export { ControlError } from './control/control-error.ts';
export type { ApiFault } from './faults/api-fault.ts';
export { apiFaults } from './faults/api-faults.ts';
export type { FaultDeclaration, FaultPart, Parameter } from './faults/declaration.ts';
export type { DeliveryFault } from './faults/delivery-fault.ts';
export { deliveryFaults } from './faults/delivery-faults.ts';
export { FaultPlan, type FaultPlanState, type Hit } from './faults/fault-plan.ts';
export type { ApiPlace, AskedRule, DeliveryPlace, FaultRule, PlannedRule, RuleState } from './faults/fault-rule.ts';
export { type Switches, switchDefaults, switchLedger, switchValues } from './generated/switches.ts';
export { OptionError, type SimulatorOptions } from './options.ts';
export type { CallResult, Deliverer, OutgoingCall } from './outbox/deliverer.ts';
export { createFetchDeliverer, type FetchReceiver } from './outbox/fetch-deliverer.ts';
export type { Attempt, DeliveryFilter, DeliveryRecord, DeliveryState } from './outbox/journal.ts';
export { createSimulator, type Simulator } from './simulator.ts';
export {
  type Ending,
  type Transmission,
  type TransmissionSteps,
  transmissionSteps,
} from './transmission/transmission.ts';
