export { ControlRequestError } from './control-client/control-request-error.ts';
export {
  type ControlClient,
  type ControlClientOptions,
  createControlClient,
} from './control-client/create-control-client.ts';
