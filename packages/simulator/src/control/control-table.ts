// Every control by its name, one line each. To add one: a file in controls/ that declares it, a line here.
export { deliveries } from './controls/deliveries.ts';
export { emit } from './controls/emit.ts';
export { addFault, clearFaults, faultKinds, faults, removeFault } from './controls/faults.ts';
export { ready } from './controls/ready.ts';
export { reset } from './controls/reset.ts';
export { settled } from './controls/settled.ts';
export { subscribe } from './controls/subscribe.ts';
export { setSwitches, switches } from './controls/switches.ts';
export { removeTenant, tenants } from './controls/tenants.ts';
export { wait } from './controls/wait.ts';
