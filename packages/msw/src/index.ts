export { defaultBaseUrl, type HubexHandlerOptions, hubexHandler } from './hubex-handler.ts';
export { hubexOperation, type OperationOptions } from './hubex-operation.ts';
